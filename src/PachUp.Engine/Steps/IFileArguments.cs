namespace PachUp.Engine.Steps;

/// <summary>Arguments that name files. In a rehearsal these are in a directory of its own, so that nothing is left or written over elsewhere.</summary>
internal interface IFileArguments
{
    /// <summary>The same arguments with all files in one directory.</summary>
    object Within(string directory);

    /// <summary>The path of a file in another directory.</summary>
    static string Move(string path, string directory) => Path.Combine(directory, Path.GetFileName(path));
}
