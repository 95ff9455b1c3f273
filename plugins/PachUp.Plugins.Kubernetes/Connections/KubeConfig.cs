using PachUp.Sdk;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>
/// One or more kubeconfig files, merged as kubectl does it: the first of two entries with one name counts, and the first current context.
/// </summary>
internal sealed class KubeConfig
{
    private readonly string _files;

    private KubeConfig(IReadOnlyList<string> files)
    {
        _files = string.Join(Path.PathSeparator, files);
        var roots = files.Select(Parse).OfType<KubeConfigNode>().ToList();
        CurrentContext = roots.Select(root => root.Text("current-context")).FirstOrDefault(name => name is not null);
        Contexts = Merge(roots, "contexts", "context");
        Clusters = Merge(roots, "clusters", "cluster");
        Users = Merge(roots, "users", "user");
    }

    private string? CurrentContext { get; }

    private IReadOnlyDictionary<string, KubeConfigNode> Contexts { get; }

    private IReadOnlyDictionary<string, KubeConfigNode> Clusters { get; }

    private IReadOnlyDictionary<string, KubeConfigNode> Users { get; }

    /// <summary>Reads files that exist.</summary>
    /// <exception cref="StepFailedException">A file cannot be read or understood.</exception>
    public static KubeConfig Read(IReadOnlyList<string> files) => new(files);

    /// <summary>The place of a context.</summary>
    /// <param name="name">The context; null for the current one.</param>
    /// <exception cref="StepFailedException">The context does not exist, or something that it names is missing.</exception>
    public KubePlace PlaceOf(string? name)
    {
        if (Contexts.Count == 0)
        {
            throw new StepFailedException($"there are no contexts in the kubeconfig \"{_files}\"", "Set KUBECONFIG to the file that kubectl uses.");
        }

        var chosen = name ?? CurrentContext ?? throw new StepFailedException($"the kubeconfig \"{_files}\" has no \"current-context\"", ChooseContext);
        var context = Contexts.GetValueOrDefault(chosen) ?? throw new StepFailedException($"the kubeconfig \"{_files}\" has no context \"{chosen}\"", ChooseContext);
        var cluster = context.Text("cluster") ?? throw context.Wrong("cluster", "is missing");
        var user = context.Text("user");
        return new KubePlace(
            chosen,
            Find(Clusters, cluster, "cluster", context),
            user is null ? null : Find(Users, user, "user", context),
            context.Text("namespace"));
    }

    private string ChooseContext => $"Choose one with --kube-context: {string.Join(", ", Contexts.Keys)}.";

    private static KubeConfigNode Find(IReadOnlyDictionary<string, KubeConfigNode> entries, string name, string kind, KubeConfigNode context) =>
        entries.GetValueOrDefault(name) ?? throw context.Wrong(
            kind, $"is \"{name}\", but there is no {kind} with this name{(entries.Count > 0 ? $", only {string.Join(", ", entries.Keys)}" : "")}");

    /// <summary>The keys of a file; null if it is empty.</summary>
    private static KubeConfigNode? Parse(string file)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(File.ReadAllText(file)));
            return yaml.Documents.FirstOrDefault()?.RootNode switch
            {
                null or YamlScalarNode { Value: null or "" or "~" or "null" } => null,
                YamlMappingNode root => new KubeConfigNode(file, "the file", root),
                var other => throw Unusable(file, $"it contains {(other is YamlScalarNode ? "a single value" : "a list")}, not the keys of a kubeconfig"),
            };
        }
        catch (YamlException e)
        {
            throw Unusable(file, $"it is not valid YAML at line {e.Start.Line}, column {e.Start.Column}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, e.Message.TrimEnd('.'), e);
        }
    }

    private static StepFailedException Unusable(string file, string problem, Exception? cause = null) =>
        new($"the kubeconfig \"{file}\" cannot be used: {problem}", "Correct the file, or give another one with KUBECONFIG.", cause);

    /// <summary>The entries of a list by name; entries without keys are ignored.</summary>
    private static Dictionary<string, KubeConfigNode> Merge(IEnumerable<KubeConfigNode> roots, string list, string kind)
    {
        var merged = new Dictionary<string, KubeConfigNode>(StringComparer.Ordinal);
        foreach (var (root, entry) in roots.SelectMany(root => root.Items(list).Select(entry => (root, entry))))
        {
            var name = entry.Text("name") ?? throw root.Wrong(list, "has an entry without a name");
            var named = entry.About($"{kind} \"{name}\"");
            if (named.Child(kind) is { } keys)
            {
                merged.TryAdd(name, keys);
            }
        }

        return merged;
    }
}
