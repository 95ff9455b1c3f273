using McMaster.Extensions.CommandLineUtils;

namespace PachUp.CommandLine;

/// <summary><c>--source</c> and <c>--target</c>: where the two clusters are.</summary>
internal sealed class ClusterOptions
{
    private readonly CommandOption _source;
    private readonly CommandOption _target;

    public ClusterOptions(CommandLineApplication command)
    {
        _source = command.Value(
            "--source <ADDRESS>",
            "The cluster to move from: HOST:PORT or a URL. Default: what the plan says, else where pachctl would look.");
        _target = command.Value(
            "--target <ADDRESS>",
            "The cluster to move to. Default: what the plan says, else the address of the source.");
        Platform = new PlatformOptions(command);
        Patience = new PatienceOptions(command);
    }

    /// <summary>How they are deployed.</summary>
    public PlatformOptions Platform { get; }

    /// <summary>How long to wait for them.</summary>
    public PatienceOptions Patience { get; }

    /// <summary>The address of the source; null where it was not given.</summary>
    public string? Source => _source.Value();

    /// <summary>The address of the target; null where it was not given.</summary>
    public string? Target => _target.Value();

    /// <summary>The options as they were given, to repeat them in a command to copy.</summary>
    public IEnumerable<string> Arguments =>
    [
        .. Source is null ? Array.Empty<string>() : ["--source", Source],
        .. Target is null ? Array.Empty<string>() : ["--target", Target],
        .. Platform.Arguments,
        .. Patience.Arguments,
    ];
}
