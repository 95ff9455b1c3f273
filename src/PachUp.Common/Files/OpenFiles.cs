namespace PachUp.Common.Files;

/// <summary>What the system says where a process has as many files and connections open as it may.</summary>
public static class OpenFiles
{
    private const int TooManyInProcess = 24;
    private const int TooManyInSystem = 23;

    /// <summary>What to do about it.</summary>
    public const string Remedy = "Allow more open files (\"ulimit -n 4096\" in the shell, LimitNOFILE of a service, --ulimit nofile of a container)";

    /// <summary>Whether this is the cause of an error.</summary>
    public static bool AreExhausted(Exception error) =>
        error is IOException { HResult: TooManyInProcess or TooManyInSystem } || (error.InnerException is { } cause && AreExhausted(cause));
}
