using PachUp.Common.Files;

namespace PachUp.Engine.State;

/// <summary>Where a run keeps everything that it leaves behind.</summary>
/// <param name="Id">The run's id: when it began, and a few random digits.</param>
/// <param name="Path">The directory.</param>
public sealed record RunDirectory(string Id, string Path)
{
    /// <summary>The path of a file in it; the names are in <see cref="RunFiles"/>.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Whether it is still there, with its journal.</summary>
    public bool Exists => System.IO.File.Exists(File(RunFiles.Journal));

    /// <summary>Makes the directory; harmless where it exists.</summary>
    /// <exception cref="IOException">The state directory cannot be written.</exception>
    internal void Create()
    {
        PrivateFile.CreateDirectory(Path);
        PrivateFile.FlushDirectoryOf(Path);
    }
}
