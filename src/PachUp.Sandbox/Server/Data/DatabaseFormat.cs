using System.Globalization;
using PachUp.Pachyderm;

namespace PachUp.Sandbox.Server.Data;

/// <summary>The tables of a sandbox's database, and the marks that tell it from other databases and from later formats.</summary>
internal static class DatabaseFormat
{
    /// <summary>The number of the format. A change that an older PachUp cannot read needs the next one.</summary>
    public const int Current = 2;

    // The letters "PUsb". They tell these files from other SQLite databases.
    private const int ApplicationId = 0x50557362;

    private static readonly string Tables = string.Create(CultureInfo.InvariantCulture, $"""
        CREATE TABLE cluster (id TEXT NOT NULL, release TEXT NOT NULL);
        CREATE TABLE messages (
          collection TEXT NOT NULL, key TEXT NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, message BLOB NOT NULL,
          PRIMARY KEY (collection, key)) WITHOUT ROWID;
        CREATE TABLE blobs (key TEXT NOT NULL PRIMARY KEY, value BLOB, file TEXT, length INTEGER NOT NULL) WITHOUT ROWID;
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Current};
        """);

    /// <summary>Whether a database has no tables: it is new, or its creation was interrupted.</summary>
    public static bool IsEmpty(Database database) => Application(database) == 0 && database.Number("SELECT count(*) FROM sqlite_schema") == 0;

    /// <summary>Makes the tables of a new cluster.</summary>
    public static void Create(Database database, string clusterId, Release release) => database.InTransaction(() =>
    {
        database.Execute(Tables);
        using var insert = database.Prepare("INSERT INTO cluster (id, release) VALUES ($1, $2)");
        insert.Run(clusterId, release.ToString());
    });

    /// <summary>Checks that a database belongs to a sandbox and is not damaged.</summary>
    /// <exception cref="DataDirectoryException">It belongs to something else, has a later format, or is damaged.</exception>
    public static void Check(Database database, string directory)
    {
        if (Application(database) != ApplicationId)
            throw DataDirectoryProblems.IsForeign(directory);

        var format = database.Number("PRAGMA user_version");
        if (format > Current)
            throw DataDirectoryProblems.IsNewer(directory, format, Current);

        if (database.Query("PRAGMA quick_check(1)", row => row.GetString(0)).First() is not "ok" and var problem)
            throw DataDirectoryProblems.IsDamaged(directory, problem);
    }

    /// <summary>Marks an older database as one of the current format, which only adds collections of messages to the older ones.</summary>
    public static void Upgrade(Database database) => database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Current}"));

    private static long Application(Database database) => database.Number("PRAGMA application_id");
}
