namespace PachUp.Pachyderm.Connections;

/// <summary>No usable address was found.</summary>
/// <param name="message">What was tried, what is wrong and what to do.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class AddressException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether no cluster is configured: there is no option, no environment variable, and no config file.</summary>
    public bool NothingNamed { get; init; }
}
