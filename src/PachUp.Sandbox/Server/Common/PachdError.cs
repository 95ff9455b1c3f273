namespace PachUp.Sandbox.Server.Common;

/// <summary>An error that the server answers with: status Unknown, as for nearly every error of pachd, and this text.</summary>
internal class PachdError(string message) : Exception(message)
{
    /// <summary>Whether pachd, which goes by the text, takes it for something that is there already.</summary>
    public bool IsAlreadyExists => Message.Contains("already exists", StringComparison.Ordinal);

    /// <summary>Whether pachd, which goes by the text, takes it for something that is missing.</summary>
    public bool IsNotFound => Message.Contains("not found", StringComparison.Ordinal);

    /// <summary>The same error behind some words about what was being done.</summary>
    public PachdError Behind(string prefix) => new(prefix + Message);
}

/// <summary>A key that a collection does not hold.</summary>
internal sealed class NotFoundError(string message) : PachdError(message);

/// <summary>A branch that has no commit yet.</summary>
internal sealed class NoHeadError(string branch, string startCommand) : PachdError($"the branch \"{branch}\" has no head (create one with {startCommand})");

/// <summary>Where the process of the real server ends. The sandbox ends the call as its client sees that, and lives.</summary>
internal sealed class ServerCrash() : Exception("transport is closing")
{
    /// <summary>The part of a request that the server would follow without looking whether it is there.</summary>
    public static T Unless<T>(T? part)
        where T : class => part ?? throw new ServerCrash();
}
