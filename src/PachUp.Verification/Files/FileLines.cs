using System.Runtime.CompilerServices;
using System.Text.Json;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Files;

/// <summary>Files of a commit as lines of JSON.</summary>
internal static class FileLines
{
    /// <summary>A file as a line.</summary>
    public static string Write(CommitFile file) => JsonSerializer.Serialize(file, JsonSerializerOptions.Web);

    /// <summary>The files that the lines of a text file stand for.</summary>
    /// <exception cref="FormatException">A line is damaged.</exception>
    public static async IAsyncEnumerable<CommitFile> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            yield return Parse(line, path);
        }
    }

    private static CommitFile Parse(string line, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<CommitFile>(line, JsonSerializerOptions.Web) ?? throw new JsonException("it holds null");
        }
        catch (JsonException e)
        {
            throw new FormatException($"\"{path}\" cannot be read: {e.Message}", e);
        }
    }
}
