namespace PachUp.Sandbox.Server.Common;

/// <summary>An error that the server sends to the client: with the status Unknown, as nearly all errors of pachd, and this text.</summary>
internal class PachdError(string message) : Exception(message)
{
    /// <summary>Whether the text says that something exists already. pachd tells errors apart by their text.</summary>
    public bool IsAlreadyExists => Message.Contains("already exists", StringComparison.Ordinal);

    /// <summary>Whether the text says that something is missing. pachd tells errors apart by their text.</summary>
    public bool IsNotFound => Message.Contains("not found", StringComparison.Ordinal);

    /// <summary>The same error with a prefix that says what was being done.</summary>
    public PachdError WithPrefix(string prefix) => new(prefix + Message);
}

/// <summary>A key that a collection does not hold.</summary>
internal sealed class NotFoundError(string message) : PachdError(message);

/// <summary>A branch that has no commit yet.</summary>
internal sealed class NoHeadError(string branch, string startCommand) : PachdError($"the branch \"{branch}\" has no head (create one with {startCommand})");

/// <summary>The process of the real server would crash. The sandbox ends the call with the same status and goes on.</summary>
internal sealed class ServerCrash() : Exception("transport is closing")
{
    /// <summary>Throws if a part of a request is missing that the server uses without a check.</summary>
    public static T IfNull<T>(T? part)
        where T : class => part ?? throw new ServerCrash();
}
