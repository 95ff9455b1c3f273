using PachUp.Pachyderm.Connections;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PachUp.Cli.Options;

/// <summary>
/// Finds the context of a kubeconfig by its cluster and user: the config file of pachctl names these, and <c>--kube-context</c> wants the context.
/// It only helps with a message, so a file that cannot be read has no contexts; the connection reports what is wrong with it.
/// </summary>
internal static class KubeContexts
{
    /// <summary>A resolver of addresses on this process's environment.</summary>
    /// <param name="timeouts">How long to wait at the addresses that are found.</param>
    public static AddressResolver Addresses(PachdTimeouts? timeouts = null) => AddressResolver.FromProcess(timeouts, FindName, ToolSettings.FindAddress);

    /// <summary>The name of the first context that leads to a place; null if there is none.</summary>
    public static string? FindName(KubernetesPlace place) => Files().SelectMany(ReadContexts).FirstOrDefault(context => LeadsTo(context, place)) is { } found
        ? Text(found, "name")
        : null;

    /// <summary>The names of all contexts.</summary>
    public static IReadOnlyCollection<string> Names() => [.. Files().SelectMany(ReadContexts).Select(context => Text(context, "name")).OfType<string>()];

    private static string[] Files() => Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } list
        ? list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        : [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")];

    private static IEnumerable<YamlMappingNode> ReadContexts(string file)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(File.ReadAllText(file)));
            return yaml.Documents is [{ RootNode: YamlMappingNode root }, ..] && Find(root, "contexts") is YamlSequenceNode contexts
                ? contexts.OfType<YamlMappingNode>()
                : [];
        }
        catch (Exception e) when (e is YamlException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool LeadsTo(YamlMappingNode context, KubernetesPlace place) =>
        Find(context, "context") is YamlMappingNode details && Text(details, "cluster") == place.Cluster && Text(details, "user") == place.User;

    private static YamlNode? Find(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var found) ? found : null;

    private static string? Text(YamlMappingNode node, string key) => (Find(node, key) as YamlScalarNode)?.Value;
}
