using PachUp.Sandbox.Server.Data;

namespace PachUp.Sandbox;

/// <summary>Looks into directories that sandbox clusters keep their state in.</summary>
public static class SandboxDataDirectory
{
    /// <summary>The release that the cluster in a directory behaves as; null where there is no cluster yet.</summary>
    /// <param name="path">The directory; it need not be there.</param>
    /// <exception cref="DataDirectoryException">It is of a later format, holds other things, is in use, is damaged, or cannot be written.</exception>
    public static string? FindRelease(string path) => DataDirectory.FindRelease(path);
}
