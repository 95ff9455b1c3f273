namespace PachUp.Common.Disks;

/// <summary>A file cannot get its name, because another file has it. The other file was not changed.</summary>
/// <param name="path">The name.</param>
public sealed class NameTakenException(string path) : IOException($"\"{path}\" exists already, and it was not replaced")
{
    /// <summary>The name.</summary>
    public string Path => path;
}
