namespace PachUp.Common.Files;

/// <summary>Recognizes the error of the system when too many files and connections are open.</summary>
public static class OpenFiles
{
    private const int TooManyInProcess = 24;
    private const int TooManyInSystem = 23;

    /// <summary>What to do about the error.</summary>
    public const string Remedy = "Allow more open files (\"ulimit -n 4096\" in the shell, LimitNOFILE of a service, --ulimit nofile of a container)";

    /// <summary>Whether too many open files are the cause of an error.</summary>
    public static bool AreExhausted(Exception error) =>
        error is IOException { HResult: TooManyInProcess or TooManyInSystem } || (error.InnerException is { } cause && AreExhausted(cause));
}
