using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PachUp.Common.Files;

/// <summary>Small JSON files: complete under their name or not there at all, and readable by their owner only.</summary>
public static class JsonFile
{
    /// <summary>Their form: indented, camel case, enums as lower case with dashes.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a value.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write<T>(string path, T value) => PrivateFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(value, Options));

    /// <summary>Reads a file; the default of the type where there is none.</summary>
    /// <exception cref="FormatException">The file cannot be understood.</exception>
    public static T? TryRead<T>(string path)
    {
        if (!File.Exists(path))
        {
            return default;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Options);
        }
        catch (JsonException e)
        {
            throw new FormatException($"\"{path}\" cannot be read: {e.Message}", e);
        }
    }
}
