namespace PachUp.Sdk;

/// <summary>Arguments of a step that read or write files outside the run directory. A rehearsal moves these files to a directory of its own.</summary>
public interface IWritesFiles
{
    /// <summary>The same arguments with all files in one directory.</summary>
    object Within(string directory);

    /// <summary>The path that a file has in another directory.</summary>
    static string Move(string path, string directory) => Path.Combine(directory, Path.GetFileName(path));
}
