namespace PachUp.Sandbox.Server.Data;

/// <summary>A data directory that a sandbox cluster cannot use. Its content was not changed.</summary>
/// <param name="message">What is wrong with which directory.</param>
/// <param name="remedy">What to do next.</param>
/// <param name="innerException">The cause, where it is more than the message says.</param>
public sealed class DataDirectoryException(string message, string remedy, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What to do next.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>
    /// Whether other options are needed, since the directory does not fit those that were given; false where it is in use or damaged, or cannot be
    /// written.
    /// </summary>
    public bool IsWrongChoice { get; init; }
}
