using McMaster.Extensions.CommandLineUtils;

namespace PachUp.Cli.Options;

/// <summary><c>--source-peer</c> or <c>--target-peer</c>: where the peer port of a cluster is.</summary>
internal sealed class PeerOption
{
    private readonly CommandOption _peer;
    private readonly Func<string?> _otherwise;

    /// <param name="command">The command.</param>
    /// <param name="cluster">Which cluster: <c>source</c> or <c>target</c>.</param>
    /// <param name="otherwise">The peer port if the option is not given; null for none.</param>
    public PeerOption(CommandLineApplication command, string cluster, Func<string?>? otherwise = null)
    {
        _otherwise = otherwise ?? (() => null);
        _peer = command.Value(
            $"--{cluster}-peer <ADDRESS>",
            $"HOST:PORT of the peer port of the {cluster} (653 in the pachd pod). Needed for objects if the public port does not serve the object API. Default: "
            + "the plan's; on Kubernetes, a port forward.");
    }

    /// <summary>The name of the option, for messages.</summary>
    public string Name => $"--{_peer.LongName}";

    /// <summary>The given value, or that of the settings; null for none.</summary>
    public string? Value => _peer.Value() ?? _otherwise();

    /// <summary>The option as given, for commands that the user can copy.</summary>
    public IEnumerable<string> Arguments => PlanArguments.Option(Name, _peer.Value());
}
