using PachUp.Common.Files;

namespace PachUp.Engine.State;

/// <summary>The directory of a run. It has all files of the run.</summary>
/// <param name="Id">The id of the run: its start time and a few random digits.</param>
/// <param name="Path">The directory.</param>
public sealed record RunDirectory(string Id, string Path)
{
    /// <summary>The path of a file in the directory. <see cref="RunFiles"/> has the names.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Whether the directory and its journal exist.</summary>
    public bool Exists => System.IO.File.Exists(File(RunFiles.Journal));

    /// <summary>Creates the directory if it is missing.</summary>
    /// <exception cref="IOException">The state directory cannot be written.</exception>
    internal void Create() => PrivateDirectory.Create(Path);
}
