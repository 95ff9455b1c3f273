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
            "The cluster to migrate from: HOST:PORT or a URL. Default: the plan's, else the address that pachctl uses.");
        _target = command.Value(
            "--target <ADDRESS>",
            $"The cluster to migrate to. Default: the plan's, else the address of the source{(isPlanned ? ", which needs --in-place" : "")}.");
        SourcePeer = new PeerOption(command, "source");
        TargetPeer = new PeerOption(command, "target");
        Platform = new PlatformOptions(command);
        Timeouts = new TimeoutOptions(command);
    }

    /// <summary>Where the peer port of the source is.</summary>
    public PeerOption SourcePeer { get; }

    /// <summary>Where the peer port of the target is.</summary>
    public PeerOption TargetPeer { get; }

    /// <summary>How they are deployed.</summary>
    public PlatformOptions Platform { get; }

    /// <summary>How long to wait for them.</summary>
    public TimeoutOptions Timeouts { get; }

    /// <summary>The address of the source; null if it was not given.</summary>
    public string? Source => _source.Value();

    /// <summary>The address of the target; null if it was not given.</summary>
    public string? Target => _target.Value();

    /// <summary>The options as given, for commands that the user can copy.</summary>
    public IEnumerable<string> Arguments =>
    [
        .. Source is null ? Array.Empty<string>() : ["--source", Source],
        .. Target is null ? Array.Empty<string>() : ["--target", Target],
        .. SourcePeer.Arguments,
        .. TargetPeer.Arguments,
        .. Platform.Arguments,
        .. Timeouts.Arguments,
    ];
}
