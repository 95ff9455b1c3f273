using System.Text.Json;

namespace PachUp.Pachyderm.Connections;

/// <summary>The config file of pachctl, in the form of 1.9.1 and later (<c>v2</c>, with contexts) or of earlier releases (<c>v1</c>).</summary>
internal sealed class PachConfig
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    private readonly string _path;
    private readonly ConfigFile _file;

    private PachConfig(string path, ConfigFile file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Reads the file; null where there is none.</summary>
    /// <exception cref="AddressException">It cannot be read or understood.</exception>
    public static PachConfig? Load(string path)
    {
        try
        {
            return File.Exists(path) ? new PachConfig(path, Parse(File.ReadAllText(path))) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new AddressException(
                $"The config file \"{path}\" cannot be read: {e.Message} Correct it or move it away.", e);
        }
    }

    /// <summary>The context that calls go to; null where the file has none.</summary>
    /// <param name="name">Its name; null for the one that the file calls active.</param>
    /// <exception cref="AddressException">The file has contexts, but not that one.</exception>
    public PachContext? FindActive(string? name)
    {
        if (ActiveName(name) is not { } active)
        {
            return Flat;
        }

        return _file.V2?.Contexts?.GetValueOrDefault(active) is { } context
            ? ToContext(active, context)
            : throw new AddressException(
                $"The config file \"{_path}\" has no context \"{active}\""
                + $"{(name is null ? ", though it calls it active" : " (from PACH_CONTEXT)")}. It has {ContextNames()}.");
    }

    /// <summary>What the file knows of a cluster; of several contexts with its address the active one, null where there is none.</summary>
    /// <param name="address">Where the cluster is.</param>
    /// <param name="name">The name of the active context; null for the one that the file calls active.</param>
    public PachContext? FindFor(ClusterAddress address, string? name) =>
        (_file.V2?.Contexts ?? [])
            .Where(context => context.Value is not null)
            .OrderByDescending(context => context.Key == ActiveName(name))
            .ThenBy(context => context.Key, StringComparer.Ordinal)
            .Select(context => ToContext(context.Key, context.Value))
            .Append(Flat)
            .FirstOrDefault(context => context?.TryParseAddress()?.IsSameEndpoint(address) == true);

    /// <summary>The one cluster of a file from before there were contexts.</summary>
    private PachContext? Flat => _file is { V2: null, V1: { } only } ? new PachContext(_path, only) : null;

    private string? ActiveName(string? name) => name ?? (string.IsNullOrEmpty(_file.V2?.ActiveContext) ? null : _file.V2.ActiveContext);

    private static ConfigFile Parse(string json) =>
        JsonSerializer.Deserialize<ConfigFile>(json, Options) ?? throw new JsonException("It holds null.");

    private PachContext ToContext(string name, ContextEntry entry) => new($"context \"{name}\" of {_path}", entry);

    private string ContextNames() => _file.V2?.Contexts is { Count: > 0 } contexts
        ? string.Join(", ", contexts.Keys.Order(StringComparer.Ordinal).Select(name => $"\"{name}\""))
        : "no contexts";

    private sealed record ConfigFile(ContextEntry? V1, ContextsEntry? V2);

    private sealed record ContextsEntry(string? ActiveContext, Dictionary<string, ContextEntry>? Contexts);
}
