namespace PachUp.Engine.Runs.Locks;

/// <summary>How clusters are locked.</summary>
public sealed record LockOptions
{
    /// <summary>
    /// A directory that state directories have in common, so that runs of two of them exclude each other too; null for none. A lock is kept in the
    /// state directory in any case.
    /// </summary>
    public string? SharedDirectory { get; init; }

    /// <summary>Whether somebody said that the holder of a lock is gone that cannot be seen from this machine.</summary>
    public bool BreaksUnknown { get; init; }

    /// <summary>The directory that all state directories of a user have in common; null where the user has no home.</summary>
    public static string? DirectoryOfUser =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data
            ? Path.Combine(data, "pachup", "locks")
            : null;
}
