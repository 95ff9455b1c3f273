using PachUp.Sdk;
using YamlDotNet.RepresentationModel;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>Keys of a kubeconfig that know their place, so that an error names the file, the entry and the key.</summary>
/// <param name="file">The file.</param>
/// <param name="owner">The entry that the keys belong to: <c>user "operator"</c>.</param>
/// <param name="node">The keys.</param>
internal sealed class KubeConfigNode(string file, string owner, YamlMappingNode node)
{
    private const string Remedy = "Correct the file, or choose another context with --kube-context or another file with KUBECONFIG.";

    /// <summary>The file.</summary>
    public string File => file;

    /// <summary>The entry that the keys belong to.</summary>
    public string Owner => owner;

    /// <summary>The text of a key; null if it is missing or empty.</summary>
    public string? Text(string key) => Find(key) switch
    {
        null or YamlScalarNode { Value: null or "" } => null,
        YamlScalarNode scalar => scalar.Value,
        _ => throw Wrong(key, "is not a single value"),
    };

    /// <summary>Whether the value of a key is <c>true</c>.</summary>
    public bool Flag(string key) => Text(key) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw Wrong(key, $"is \"{other}\", not true or false"),
    };

    /// <summary>The keys below a key; null if it is missing.</summary>
    public KubeConfigNode? Child(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode mapping => new KubeConfigNode(file, owner, mapping),
        _ => throw Wrong(key, "does not contain keys and values"),
    };

    /// <summary>The texts in the list of a key.</summary>
    public IReadOnlyList<string> Texts(string key) => [.. List(key).Select(item => (item as YamlScalarNode)?.Value ?? throw Wrong(key, "is not a list of single values"))];

    /// <summary>The entries in the list of a key, each with its own keys.</summary>
    public IReadOnlyList<KubeConfigNode> Items(string key) =>
        [.. List(key).Select(item => item as YamlMappingNode ?? throw Wrong(key, "is not a list of keys and values")).Select(item => new KubeConfigNode(file, owner, item))];

    /// <summary>The same keys, as those of another entry.</summary>
    public KubeConfigNode About(string other) => new(file, other, node);

    /// <summary>The path in a key, relative to the folder of the file; null if the key is missing.</summary>
    public string? PathIn(string key) => Text(key) is { } path ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file)) ?? "", path) : null;

    /// <summary>The decoded base64 value of a key, or else the content of the file that another key names; null if both are missing.</summary>
    public string? Content(string dataKey, string pathKey) => Text(dataKey) is { } data ? Decode(dataKey, data) : PathIn(pathKey) is { } path ? Read(pathKey, path) : null;

    /// <summary>The text of the file that a key names.</summary>
    public string Read(string key, string path)
    {
        try
        {
            return System.IO.File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(key, $"names a file that cannot be read: {e.Message}", e);
        }
    }

    /// <summary>An error about a key.</summary>
    public StepFailedException Wrong(string key, string problem, Exception? cause = null) =>
        Unusable($"\"{key}\" of {owner} {problem}", Remedy, cause);

    /// <summary>An error about the file.</summary>
    public StepFailedException Unusable(string problem, string remedy, Exception? cause = null) =>
        new($"the kubeconfig \"{file}\" cannot be used: {problem}", remedy, cause);

    private YamlSequenceNode List(string key) => Find(key) switch
    {
        null => new YamlSequenceNode(),
        YamlSequenceNode sequence => sequence,
        _ => throw Wrong(key, "is not a list"),
    };

    private YamlNode? Find(string key) =>
        node.Children.TryGetValue(key, out var found) && found is not YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "" or "~" or "null" } ? found : null;

    private string Decode(string key, string data)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data));
        }
        catch (FormatException e)
        {
            throw Wrong(key, "is not base64", e);
        }
    }
}
