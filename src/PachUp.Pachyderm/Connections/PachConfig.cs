using System.Text.Json;

namespace PachUp.Pachyderm.Connections;

/// <summary>The config file of pachctl, in the format of 1.9.1 and later (<c>v2</c>, with contexts) or of earlier releases (<c>v1</c>).</summary>
internal sealed class PachConfig
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly string _path;
    private readonly string _activeName;
    private readonly bool _hasContexts;
    private readonly IReadOnlyDictionary<string, PachContext> _contexts;
    private readonly PachContext? _flat;

    private PachConfig(string path, ConfigNode root)
    {
        var v2 = root.Child("v2");
        _path = path;
        _hasContexts = v2 is not null;
        _activeName = v2?.Text("active_context") ?? "";
        _contexts = (v2?.Child("contexts")?.Children() ?? new Dictionary<string, ConfigNode>())
            .ToDictionary(context => context.Key, context => new PachContext($"context \"{context.Key}\" of {path}", context.Value), StringComparer.Ordinal);

        // The only cluster in a file of format v1, which has no contexts.
        _flat = v2 is null && root.Child("v1") is { } only ? new PachContext(path, only) : null;
    }

    /// <summary>Reads the file; null if there is none.</summary>
    /// <exception cref="AddressException">The file cannot be read or is invalid.</exception>
    public static PachConfig? Load(string path)
    {
        try
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                return null;
            }

            using var document = JsonDocument.Parse(File.ReadAllText(path), Options);
            return new PachConfig(path, new ConfigNode(path, "", document.RootElement.Clone()).Require(JsonValueKind.Object));
        }
        catch (JsonException e)
        {
            throw new AddressException(
                $"The config file \"{path}\" cannot be used: it is not valid JSON at line {e.LineNumber + 1}, character {e.BytePositionInLine + 1}. "
                + "Correct the file, or move it to another place.",
                e);
        }
        catch (InvalidOperationException e)
        {
            throw new AddressException($"The config file \"{path}\" cannot be used: it has a name that is not Unicode. Correct the file, or move it to another place.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AddressException($"The config file \"{path}\" cannot be read: {e.Message} Correct the file, or move it to another place.", e);
        }
    }

    /// <summary>The active context; null if the file has none.</summary>
    /// <param name="name">The name of the context; null for the active context of the file.</param>
    /// <param name="namedBy">What gave the name, for messages.</param>
    /// <exception cref="AddressException">The file has no context with that name.</exception>
    public PachContext? FindActive(string? name, string namedBy = "PACH_CONTEXT")
    {
        if (NameOfActive(name) is not { } active)
        {
            return _flat;
        }

        return _contexts.GetValueOrDefault(active) ?? throw new AddressException(
            $"The config file \"{_path}\" has no context \"{active}\", which {(name is null ? "\"v2.active_context\"" : namedBy)} names. "
            + $"Expected {ExpectedContext}. Choose a context with \"pachctl config set active-context\" or with PACH_CONTEXT, or give the address on the command line.");
    }

    /// <summary>The names of its contexts.</summary>
    public IReadOnlyCollection<string> ContextNames => [.. _contexts.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Why the file has no cluster: which key is missing, and its expected value.</summary>
    public string DescribeMissing() => _hasContexts
        ? $"\"v2.active_context\" is not set; expected {ExpectedContext}"
        : "\"v1.pachd_address\" is not set; expected host:port";

    /// <summary>The context with the address of a cluster; the active one if several contexts have the address; null if there is none.</summary>
    /// <param name="address">The address of the cluster.</param>
    /// <param name="name">The name of the active context; null for the active context of the file.</param>
    public PachContext? FindFor(ClusterAddress address, string? name) => _contexts
        .OrderByDescending(context => context.Key == NameOfActive(name))
        .ThenBy(context => context.Key, StringComparer.Ordinal)
        .Select(context => context.Value)
        .Append(_flat)
        .FirstOrDefault(context => context?.TryParseAddress()?.IsSameEndpoint(address) == true);

    private string? NameOfActive(string? name) => name ?? (_activeName.Length == 0 ? null : _activeName);

    private string ExpectedContext => _contexts.Count > 0
        ? $"one of {string.Join(", ", _contexts.Keys.Order(StringComparer.Ordinal).Select(name => $"\"{name}\""))}"
        : "the name of a context, but \"v2.contexts\" has none";
}
