namespace PachUp.Packages.Feeds;

/// <summary>A source of packages cannot be used, or does not return what was requested.</summary>
/// <param name="message">What happened with which source.</param>
/// <param name="remedy">What to do about it.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class FeedException(string message, string remedy, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What to do about it.</summary>
    public string Remedy => remedy;
}

/// <summary>No source has a package with that id and version.</summary>
/// <param name="message">Which package was searched for, and where.</param>
/// <param name="remedy">What to do about it.</param>
public sealed class PackageNotFoundException(string message, string remedy) : Exception(message)
{
    /// <summary>What to do about it.</summary>
    public string Remedy => remedy;
}
