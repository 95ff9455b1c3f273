namespace PachUp.Testing;

/// <summary>A temporary folder that is removed after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("pachup-").FullName;

    /// <summary>The names of its entries.</summary>
    public IEnumerable<string> FileNames =>
        Directory.EnumerateFileSystemEntries(Path).Select(path => System.IO.Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>The path of an entry.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
