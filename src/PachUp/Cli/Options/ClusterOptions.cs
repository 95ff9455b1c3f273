using McMaster.Extensions.CommandLineUtils;

namespace PachUp.Cli.Options;

/// <summary><c>--source</c>, <c>--target</c> and their peer ports: where the two clusters are.</summary>
internal sealed class ClusterOptions
{
    private readonly CommandOption _source;
    private readonly CommandOption _target;

    /// <param name="command">The command.</param>
    /// <param name="isPlanned">Whether a plan tells what becomes of the source.</param>
    public ClusterOptions(CommandLineApplication command, bool isPlanned = false)
    {
        _source = command.Value(
            "--source <ADDRESS>",
            "The cluster to migrate from: HOST:PORT, a URL, context:NAME of pachctl, kube:CONTEXT/NAMESPACE, or a name of your settings file. Default: the plan's, else "
            + "the address that pachctl uses.");
        _target = command.Value(
            "--target <ADDRESS>",
            $"The cluster to migrate to, named as for --source. Default: the plan's, else the address of the source{(isPlanned ? ", which needs --in-place" : "")}.");
        SourcePeer = new PeerOption(command, "source", () => ToolSettings.FindCluster(_source.Value())?.Peer);
        TargetPeer = new PeerOption(command, "target", () => ToolSettings.FindCluster(_target.Value())?.Peer);
        Platform = new PlatformOptions(command, () => KubernetesReference.Find(_source.Value()), () => KubernetesReference.Find(_target.Value()));
        Timeouts = new TimeoutOptions(command);
        if (isPlanned)
        {
            command.Check(CheckPlatforms);
        }
    }

    /// <summary>Where the peer port of the source is.</summary>
    public PeerOption SourcePeer { get; }

    /// <summary>Where the peer port of the target is.</summary>
    public PeerOption TargetPeer { get; }

    /// <summary>How they are deployed.</summary>
    public PlatformOptions Platform { get; }

    /// <summary>How long to wait for them.</summary>
    public TimeoutOptions Timeouts { get; }

    /// <summary>The address of the source; null if it was not given, or if the platform finds it.</summary>
    public string? Source => AddressOf(_source);

    /// <summary>The address of the target; null if it was not given, or if the platform finds it.</summary>
    public string? Target => AddressOf(_target);

    /// <summary>Those options that name a cluster or its peer port and were given.</summary>
    public IEnumerable<string> AddressOptions => Arguments.Intersect(["--source", "--target", SourcePeer.Name, TargetPeer.Name]);

    /// <summary>The options as given, for commands that the user can copy.</summary>
    public IEnumerable<string> Arguments =>
    [
        .. PlanArguments.Option("--source", _source.Value()),
        .. PlanArguments.Option("--target", _target.Value()),
        .. SourcePeer.Arguments,
        .. TargetPeer.Arguments,
        .. Platform.Arguments,
        .. Timeouts.Arguments,
    ];

    /// <summary>Refuses one cluster by its address and the other on Kubernetes: the platform of the command line is for both.</summary>
    private void CheckPlatforms()
    {
        var (source, target) = (KubernetesReference.Find(_source.Value()), KubernetesReference.Find(_target.Value()));
        if ((source is not null && Target is not null) || (target is not null && Source is not null))
        {
            throw new UsageException(
                "one cluster is named by its address and the other on Kubernetes", "Write both into a plan, or give the addresses of both.");
        }
    }

    private static string? AddressOf(CommandOption option) => KubernetesReference.Find(option.Value()) is null ? option.Value() : null;
}
