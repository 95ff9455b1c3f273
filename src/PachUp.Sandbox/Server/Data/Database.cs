using Microsoft.Data.Sqlite;

namespace PachUp.Sandbox.Server.Data;

/// <summary>
/// A SQLite database for one process: no other process can open it until this one closes it or ends. Not safe to use from several threads.
/// </summary>
internal sealed class Database : IDisposable
{
    private const int SecondsToWaitForOthers = 1;

    private readonly SqliteConnection _connection;

    private Database(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the database in a file, or creates it.</summary>
    /// <exception cref="SqliteException">The file is in use, is not a database, or cannot be written.</exception>
    public static Database Open(string path)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = SecondsToWaitForOthers };
        var database = new Database(new SqliteConnection(settings.ToString()));
        try
        {
            database._connection.Open();

            // FULL: a commit is flushed to disk. The empty transaction fails at once if the file cannot be written.
            database.Execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE; COMMIT");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Runs statements and ignores their answers.</summary>
    public void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>The number that a query returns.</summary>
    public long Number(string sql) => Query(sql, row => row.GetInt64(0)).Single();

    /// <summary>The rows that a query returns.</summary>
    public IEnumerable<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = Command(sql);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return read(rows);
        }
    }

    /// <summary>A statement to run several times in the current transaction, with the parameters <c>$1</c>, <c>$2</c> and so on.</summary>
    public Statement Prepare(string sql) => new(Command(sql));

    /// <summary>Runs work as one transaction: when this returns, all of it is on disk; after an error, nothing is.</summary>
    public void InTransaction(Action work)
    {
        using var transaction = _connection.BeginTransaction();
        work();
        transaction.Commit();
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
