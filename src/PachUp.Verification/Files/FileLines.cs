using System.Runtime.CompilerServices;
using System.Text.Json;
using PachUp.Common.Files;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Files;

/// <summary>Reads and writes files of a commit as JSON lines.</summary>
internal static class FileLines
{
    /// <summary>A file as a line.</summary>
    public static string Write(CommitFile file) => JsonSerializer.Serialize(file, JsonSerializerOptions.Web);

    /// <summary>The files in the lines of a text file.</summary>
    /// <exception cref="FormatException">A line is damaged.</exception>
    public static async IAsyncEnumerable<CommitFile> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in ReadFile.LinesAsync(path, cancellationToken))
        {
            yield return Parse(line, path);
        }
    }

    private static CommitFile Parse(string line, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<CommitFile>(line, JsonSerializerOptions.Web) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new FormatException($"\"{path}\" cannot be read: {e.Message}", e);
        }
    }
}
