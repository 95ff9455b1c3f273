using Microsoft.Data.Sqlite;
using PachUp.Pachyderm;

namespace PachUp.Sandbox.Server.Data;

/// <summary>The error messages about data directories.</summary>
internal static class DataDirectoryProblems
{
    private const string OrAnother = "or give another directory.";

    // https://www.sqlite.org/rescode.html
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    public static DataDirectoryException IsFile(string path) =>
        Wrong($"\"{path}\" is a file, not a data directory", "Give a directory. It is created if it does not exist.");

    public static DataDirectoryException IsForeign(string path) => Wrong(
        $"the directory \"{path}\" does not hold the state of a sandbox but other files",
        "Give a new or empty directory, or one that a sandbox has used before.");

    public static DataDirectoryException IsOfRelease(string path, string release, Release wanted) => Wrong(
        $"the data directory \"{path}\" holds a cluster of {release}, not of {wanted}",
        $"Start it as {release}, {OrAnother}");

    public static DataDirectoryException IsNewer(string path, long format, long known) => Wrong(
        $"the data directory \"{path}\" was made by a newer PachUp (its format is {format}, this one knows {known})",
        $"Use that PachUp, {OrAnother}");

    public static DataDirectoryException IsFilled(string path) => Wrong(
        $"the data directory \"{path}\" holds a cluster already, so the archive was not restored into it",
        $"Leave the archive out to go on with that cluster, {OrAnother}");

    public static DataDirectoryException IsInUse(string path, Exception cause) =>
        new($"the data directory \"{path}\" is in use by another process", $"Stop the sandbox that uses it, {OrAnother}", cause);

    public static DataDirectoryException IsDamaged(string path, string what, Exception? cause = null) => new(
        $"the data directory \"{path}\" is damaged: {what}",
        "Put a backup of the whole directory in its place, or start with a new one. Nothing in it was changed.",
        cause);

    public static DataDirectoryException CannotBeWritten(string path, Exception cause) => new(
        $"the data directory \"{path}\" cannot be written: {TextOf(cause)}",
        "Check that you may write there and that the disk has room. It holds everything that was acknowledged.",
        cause);

    /// <summary>The message of the database or the file system.</summary>
    public static DataDirectoryException Of(string path, Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => IsInUse(path, exception),
        SqliteException { SqliteErrorCode: SqliteCorrupt or SqliteNotADatabase } => IsDamaged(path, TextOf(exception), exception),
        _ => CannotBeWritten(path, exception),
    };

    /// <summary>Whether <see cref="Of"/> has a message for an exception.</summary>
    public static bool Explains(Exception exception) => exception is SqliteException or IOException or UnauthorizedAccessException;

    // The message of SQLite is the quoted part: "SQLite Error 13: 'database or disk is full'."
    private static string TextOf(Exception exception)
    {
        var text = exception.Message;
        var (first, last) = (text.IndexOf('\'', StringComparison.Ordinal), text.LastIndexOf('\''));
        return (exception is SqliteException && first < last ? text[(first + 1)..last] : text).TrimEnd('.');
    }

    private static DataDirectoryException Wrong(string message, string remedy) => new(message, remedy) { IsWrongChoice = true };
}
