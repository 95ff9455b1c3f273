using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PachUp.Common.Files;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>
/// Manifests as files for <c>kubectl apply -f FOLDER</c>, with one object each. They include secrets, so only their owner can read them.
/// </summary>
internal static class ManifestFolder
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Replaces the content of the folder.</summary>
    public static void Write(string folder, DeploymentManifests manifests)
    {
        if (Directory.Exists(folder))
        {
            PrivateDirectory.Delete(folder);
        }

        PrivateDirectory.Create(folder);
        foreach (var (value, index) in manifests.Objects.Select((value, index) => (value, index)))
        {
            // The server chose the names. Escaping keeps them inside the folder.
            var name = Uri.EscapeDataString($"{value.Kind().ToLowerInvariant()}-{value.Name()}");
            var path = Path.Combine(folder, $"{index + 1:00}-{name}.json");
            PrivateFile.Replace(path, Encoding.UTF8.GetBytes(value.ToJsonString(Indented) + "\n"));
        }
    }

    /// <summary>Reads the manifests of a folder: JSON files, each with one object or several after another, as <c>pachctl deploy --dry-run</c> prints them.</summary>
    /// <exception cref="StepFailedException">There is no manifest, or one cannot be read.</exception>
    public static DeploymentManifests Read(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).ToList() : [];
        return files.Count > 0
            ? new DeploymentManifests(files.SelectMany(file => Parse(File.ReadAllText(file), file)))
            : throw new StepFailedException($"there are no manifests in \"{folder}\"", "Give a folder with .json files that contain one or more objects.");
    }

    /// <summary>Reads several objects from a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">Where the text comes from, for errors.</param>
    /// <exception cref="StepFailedException">The text does not consist of objects.</exception>
    public static IReadOnlyList<JsonObject> Parse(string text, string origin)
    {
        var objects = new List<JsonObject>();
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            while (reader.Read())
            {
                objects.Add(JsonNode.Parse(ref reader) as JsonObject ?? throw new JsonException("an object is expected"));
            }
        }
        catch (JsonException e)
        {
            throw new StepFailedException($"\"{origin}\" is not a manifest: {e.Message}", "A manifest consists of JSON objects, one after another.", e);
        }

        return objects.Find(value => value.Kind().Length == 0 || value.Name().Length == 0) is null
            ? objects
            : throw new StepFailedException($"\"{origin}\" has an object without \"kind\" or \"metadata.name\"", "Every object of a manifest needs both.");
    }
}
