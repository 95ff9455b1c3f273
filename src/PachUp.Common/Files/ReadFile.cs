using System.Runtime.CompilerServices;
using PachUp.Common.Disks;

namespace PachUp.Common.Files;

/// <summary>Reads the files of runs, and archives. A failure names the file and the cause.</summary>
public static class ReadFile
{
    /// <summary>Opens a file. Other processes may write to it at the same time.</summary>
    /// <exception cref="FileNotFoundException">There is no file.</exception>
    /// <exception cref="IOException">It cannot be opened; later, it cannot be read.</exception>
    public static Stream Open(string path) => Disk.OpenToRead(Path.GetFullPath(path));

    /// <summary>The content of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] Bytes(string path)
    {
        using var file = Open(path);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }

    /// <summary>The text of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Text(string path)
    {
        using var reader = new StreamReader(Open(path));
        return reader.ReadToEnd();
    }

    /// <summary>The lines of a text file, one after the other.</summary>
    /// <exception cref="FileNotFoundException">There is no file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async IAsyncEnumerable<string> LinesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(Open(path));
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            yield return line;
        }
    }
}
