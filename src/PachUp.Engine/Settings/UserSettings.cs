using System.Collections.Immutable;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Yaml;

namespace PachUp.Engine.Settings;

/// <summary>The defaults of a user: clusters by name, and what would otherwise be typed with every command.</summary>
public sealed record UserSettings
{
    /// <summary>The file in the working directory.</summary>
    public const string LocalFile = "pachup.yaml";

    private const string Clusters = "clusters";
    private const string Address = "address";
    private const string Peer = "peer";
    private const string Context = "context";
    private const string Namespace = "namespace";
    private const string StateDirectoryKey = "stateDirectory";
    private const string OutputKey = "output";
    private const string AcceptKey = "accept";

    /// <summary>No settings.</summary>
    public static UserSettings None { get; } = new();

    /// <summary>The file that was read; null if there is none.</summary>
    public string? File { get; init; }

    /// <summary>The named clusters.</summary>
    public ImmutableSortedDictionary<string, NamedCluster> NamedClusters { get; init; } = ImmutableSortedDictionary<string, NamedCluster>.Empty;

    /// <summary>The directory of runs; null for the default.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>The format of answers; null for the default.</summary>
    public string? Output { get; init; }

    /// <summary>The checks whose warnings are accepted in every plan.</summary>
    public ImmutableArray<string> Accept { get; init; } = [];

    /// <summary>The places where settings are looked for, the first one that exists is used.</summary>
    /// <param name="workingDirectory">The working directory.</param>
    /// <param name="home">The home directory of the user.</param>
    public static ImmutableArray<string> Places(string workingDirectory, string home) =>
        [Path.Combine(workingDirectory, LocalFile), Path.Combine(home, ".pachup", "config.yaml")];

    /// <summary>Reads the settings.</summary>
    /// <param name="workingDirectory">The working directory.</param>
    /// <param name="home">The home directory of the user.</param>
    /// <exception cref="InvalidPlanException">The file has a mistake.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static UserSettings Load(string workingDirectory, string home) =>
        Places(workingDirectory, home).FirstOrDefault(System.IO.File.Exists) is { } file ? Read(System.IO.File.ReadAllText(file), file) : None;

    /// <summary>Reads the text of a settings file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The path, for messages.</param>
    /// <exception cref="InvalidPlanException">The text has a mistake.</exception>
    public static UserSettings Read(string text, string file)
    {
        var mistakes = new MistakeList(file);
        var root = YamlReader.Read(text, mistakes);
        var reader = root is null ? null : MappingReader.Open(root, "the file", mistakes, Clusters, StateDirectoryKey, OutputKey, AcceptKey);
        var settings = reader is null ? None : Read(reader, file, mistakes);
        mistakes.ThrowIfAny();
        return settings with { File = file };
    }

    private static UserSettings Read(MappingReader reader, string file, MistakeList mistakes) => new()
    {
        NamedClusters = (reader.OptionalMapping(Clusters, "names, each with an address or a namespace")?.Entries ?? [])
            .Select(entry => ReadCluster(entry.Key.Value, entry.Value, file, mistakes))
            .OfType<NamedCluster>()
            .ToImmutableSortedDictionary(cluster => cluster.Name, cluster => cluster, StringComparer.Ordinal),
        StateDirectory = reader.OptionalText(StateDirectoryKey, "a path")?.Value,
        Output = reader.OptionalText(OutputKey, "text, json or jsonl")?.Value,
        Accept = reader.OptionalTexts(AcceptKey, "a list of names of checks"),
    };

    private static NamedCluster? ReadCluster(string name, PlanNode node, string file, MistakeList mistakes)
    {
        if (MappingReader.Open(node, $"cluster \"{name}\"", mistakes, Address, Peer, Context, Namespace) is not { } cluster)
        {
            return null;
        }

        var read = new NamedCluster(name, file)
        {
            Address = cluster.OptionalText(Address, "an address such as host:30650")?.Value,
            Peer = cluster.OptionalText(Peer, "an address such as host:653")?.Value,
            KubeContext = cluster.OptionalText(Context, "a context of the kubeconfig")?.Value,
            Namespace = cluster.OptionalText(Namespace, "a namespace")?.Value,
        };
        if (read is { Address: null, KubeContext: null, Namespace: null })
        {
            mistakes.Add(cluster.Position, $"cluster \"{name}\" has no place", $"\"{Address}\", or \"{Context}\" and \"{Namespace}\" on Kubernetes");
        }
        else if (read is { Address: not null } and ({ KubeContext: not null } or { Namespace: not null }))
        {
            mistakes.Add(cluster.Position, $"cluster \"{name}\" has an address and a place on Kubernetes", "one of the two");
        }

        return read;
    }
}
