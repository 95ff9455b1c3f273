namespace PachUp.Cli;

/// <summary>The command line or a plan is not valid.</summary>
/// <param name="message">What is wrong, with the name it is about in quotes.</param>
/// <param name="remedy">What to type instead.</param>
internal sealed class UsageException(string message, string remedy) : Exception(message)
{
    public string Remedy { get; } = remedy;
}
