namespace PachUp.Engine.Runs.Locks;

/// <summary>Options for the locks of clusters.</summary>
public sealed record LockOptions
{
    /// <summary>
    /// A directory for locks that several state directories share, so that their runs exclude each other; null for none. The state directory always has
    /// its own lock.
    /// </summary>
    public string? SharedDirectory { get; init; }

    /// <summary>
    /// Whether to break the lock of a run that did not end, or whose process is on another machine (<c>--break-lock</c>). The lock of a process that runs on
    /// this machine is never broken.
    /// </summary>
    public bool BreaksLeft { get; init; }

    /// <summary>Whether the clusters end with this process. Then a run that does not end leaves no locks: there is nothing to go on with.</summary>
    public bool EndsWithProcess { get; init; }

    /// <summary>The full path of the shared directory, if it is another one than that of the machine; otherwise null.</summary>
    internal string? OtherDirectory => SharedDirectory is null || SharedDirectory == DirectoryOfMachine ? null : Path.GetFullPath(SharedDirectory);

    /// <summary>
    /// The directory that all users of this machine share. On Windows, where it is that of one user, it can be null: the user may have none.
    /// </summary>
    public static string? DirectoryOfMachine => OperatingSystem.IsWindows() ? DirectoryOfUser : "/var/tmp";

    private static string? DirectoryOfUser =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data
            ? Path.Combine(data, "pachup", "locks")
            : null;
}
