using PachUp.Sandbox.Server.Data;

namespace PachUp.Sandbox;

/// <summary>Reads the directories in which sandbox clusters keep their state.</summary>
public static class SandboxDataDirectory
{
    /// <summary>The release that the cluster in a directory behaves as; null where there is no cluster yet.</summary>
    /// <param name="path">The directory; it need not be there.</param>
    /// <exception cref="DataDirectoryException">The directory has a later format, holds other files, is in use, is damaged, or cannot be written.</exception>
    public static string? FindRelease(string path) => DataDirectory.FindRelease(path);
}
