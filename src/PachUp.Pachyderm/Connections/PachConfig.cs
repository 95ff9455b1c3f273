using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

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

    /// <summary>Every cluster that the file knows.</summary>
    public ImmutableArray<PachContext> Contexts =>
    [
        .. _file.V2?.Contexts?.Select(context => ToContext($"context \"{context.Key}\" of {_path}", context.Value)) ?? [],
        .. _file is { V2: null, V1: { } only } ? [ToContext(_path, only)] : Array.Empty<PachContext>(),
    ];

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
                $"The config file \"{path}\" cannot be read: {e.Message} Correct it, or give the address with an option or in PACHD_ADDRESS.", e);
        }
    }

    /// <summary>The context that calls go to; null where the file has none.</summary>
    /// <param name="name">Its name; null for the one that the file calls active.</param>
    /// <exception cref="AddressException">The file has contexts, but not that one.</exception>
    public PachContext? FindActive(string? name)
    {
        var active = name ?? _file.V2?.ActiveContext;
        if (string.IsNullOrEmpty(active))
        {
            return _file is { V2: null, V1: { } only } ? ToContext(_path, only) : null;
        }

        return _file.V2?.Contexts?.GetValueOrDefault(active) is { } context
            ? ToContext($"context \"{active}\" of {_path}", context)
            : throw new AddressException(
                $"The config file \"{_path}\" has no context \"{active}\"{(name is null ? ", though it calls it active" : " (from PACH_CONTEXT)")}. "
                + $"It has {ContextNames()}.");
    }

    private static ConfigFile Parse(string json) =>
        JsonSerializer.Deserialize<ConfigFile>(json, Options) ?? throw new JsonException("It holds null.");

    private static PachContext ToContext(string origin, ContextEntry entry) =>
        new(origin, entry.PachdAddress ?? "", entry.SessionToken ?? "", DecodeCertificates(origin, entry.ServerCas));

    private static string DecodeCertificates(string origin, string? base64)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64 ?? ""));
        }
        catch (FormatException e)
        {
            throw new AddressException($"The value of \"server_cas\" in {origin} is not base64. It holds certificates in PEM form, as base64.", e);
        }
    }

    private string ContextNames() => _file.V2?.Contexts is { Count: > 0 } contexts
        ? string.Join(", ", contexts.Keys.Order(StringComparer.Ordinal).Select(name => $"\"{name}\""))
        : "no contexts";

    private sealed record ConfigFile(ContextEntry? V1, ContextsEntry? V2);

    private sealed record ContextsEntry(string? ActiveContext, Dictionary<string, ContextEntry>? Contexts);

    private sealed record ContextEntry(string? PachdAddress, [property: JsonPropertyName("server_cas")] string? ServerCas, string? SessionToken);
}

/// <summary>What a config file knows of one cluster.</summary>
/// <param name="Origin">What to call it in messages.</param>
/// <param name="Address">Its address; empty where it has none and pachctl would look in Kubernetes.</param>
/// <param name="SessionToken">The session token; empty for none.</param>
/// <param name="TrustedCertificatesPem">Certificates to trust; empty for none.</param>
internal sealed record PachContext(string Origin, string Address, string SessionToken, string TrustedCertificatesPem);
