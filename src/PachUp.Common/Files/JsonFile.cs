using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PachUp.Common.Files;

/// <summary>Small JSON files. A file is written completely or not at all, and only its owner can read it.</summary>
public static class JsonFile
{
    /// <summary>The format: indented, camel case, enums in lower case with dashes.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a value.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write<T>(string path, T value) => PrivateFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(value, Options));

    /// <summary>Reads a file; the default of the type if there is no file.</summary>
    /// <exception cref="FormatException">The file is not valid JSON for the type.</exception>
    public static T? TryRead<T>(string path)
    {
        if (!File.Exists(path))
        {
            return default;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(ReadFile.Bytes(path), Options);
        }
        catch (JsonException e)
        {
            throw new FormatException($"\"{path}\" cannot be read: {e.Message}", e);
        }
    }
}
