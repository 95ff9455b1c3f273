namespace PachUp.Sdk;

/// <summary>Arguments of a step that reads or writes files outside the run directory. A rehearsal moves these files to its own directory.</summary>
public interface IWritesFiles
{
    /// <summary>The same arguments with all files in one directory.</summary>
    object Within(string directory);

    /// <summary>The path that a file has in another directory.</summary>
    static string Move(string path, string directory) => Path.Combine(directory, Path.GetFileName(path));
}
