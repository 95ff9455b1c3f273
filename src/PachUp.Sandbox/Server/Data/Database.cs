using Microsoft.Data.Sqlite;

namespace PachUp.Sandbox.Server.Data;

/// <summary>
/// A SQLite database that belongs to one process: while it is open nobody else can open it, and the system ends that with the process, however
/// it ends. Not safe to use from several threads.
/// </summary>
internal sealed class Database : IDisposable
{
    private const int SecondsToWaitForOthers = 1;

    private readonly SqliteConnection _connection;

    private Database(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the database in a file, which is made where there is none.</summary>
    /// <exception cref="SqliteException">It is in use, is no database, or cannot be written.</exception>
    public static Database Open(string path)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = SecondsToWaitForOthers };
        var database = new Database(new SqliteConnection(settings.ToString()));
        try
        {
            database._connection.Open();

            // FULL: what is committed is on disk, not only with the system. The empty transaction fails at once where nothing can be written.
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

    /// <summary>Runs statements whose answers nobody needs.</summary>
    public void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>The number that a query answers with.</summary>
    public long Number(string sql) => Query(sql, row => row.GetInt64(0)).Single();

    /// <summary>What a query answers with, row by row.</summary>
    public IEnumerable<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = Command(sql);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return read(rows);
        }
    }

    /// <summary>A statement that is run several times in the transaction under way, with parameters called <c>$1</c>, <c>$2</c> and so on.</summary>
    public Statement Prepare(string sql) => new(Command(sql));

    /// <summary>Runs something as one transaction: when this returns all of it is on disk, and otherwise nothing.</summary>
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
