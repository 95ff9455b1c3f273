using McMaster.Extensions.CommandLineUtils;

namespace PachUp.Cli.Options;

/// <summary><c>--source</c> or <c>--target</c> of a command that works with one cluster, its peer port, and how it is deployed.</summary>
internal sealed class SingleClusterOptions
{
    private readonly CommandOption _cluster;

    /// <param name="command">The command.</param>
    /// <param name="name">Which cluster: <c>source</c> or <c>target</c>.</param>
    /// <param name="what">What the cluster is, such as "The cluster".</param>
    public SingleClusterOptions(CommandLineApplication command, string name, string what)
    {
        _cluster = command.Value(
            $"--{name} <ADDRESS>",
            $"{what}: HOST:PORT, a URL, context:NAME of pachctl, kube:CONTEXT/NAMESPACE, or a name of your settings file. Default: the address that pachctl uses.");
        Peer = new PeerOption(command, name, () => ToolSettings.FindCluster(_cluster.Value())?.Peer);
        Platform = PlatformOptions.ForOne(command, () => KubernetesReference.Find(_cluster.Value()));
    }

    /// <summary>The name of the option, for messages.</summary>
    public string Name => $"--{_cluster.LongName}";

    /// <summary>Where its peer port is.</summary>
    public PeerOption Peer { get; }

    /// <summary>How it is deployed.</summary>
    public PlatformOptions Platform { get; }

    /// <summary>Its address; null if it was not given, or if the platform finds it.</summary>
    public string? Address => KubernetesReference.Find(_cluster.Value()) is null ? _cluster.Value() : null;
}
