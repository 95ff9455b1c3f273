using McMaster.Extensions.CommandLineUtils;
using PachUp.Common.Text;

namespace PachUp.Cli.Options;

/// <summary><c>--in-cluster</c>, and how PachUp runs there.</summary>
internal sealed class InClusterOptions
{
    private static readonly TimeSpan DefaultStart = TimeSpan.FromMinutes(10);

    private readonly CommandOption _inCluster;
    private readonly CommandOption _image;
    private readonly CommandOption _startTimeout;
    private readonly CommandOption? _claimSize;
    private readonly CommandOption? _storageClass;
    private readonly CommandOption? _pluginsInImage;

    /// <param name="command">The command.</param>
    /// <param name="what">What is done in the cluster, such as "Run the plan".</param>
    public InClusterOptions(CommandLineApplication command, string what)
        : this(
            command,
            $"{what} in a Kubernetes Job near the data, and show its log here. Runs and backups are kept on a persistent volume claim. "
                + "Ctrl+C stops the log, not the Job; the same command shows the log again.",
            $"Default: the image of the last Job, else {DefaultImage}.")
    {
        _claimSize = command.Value("--claim-size <SIZE>", $"With --in-cluster: the size of the claim, if it does not exist yet. Default: {DefaultClaimSize}.");
        _storageClass = command.Value("--storage-class <NAME>", "With --in-cluster: the storage class of the claim, if it does not exist yet. Default: the cluster's default.");
        _pluginsInImage = command.Flag("--plugins-in-image", "With --in-cluster: the image contains all plugins that did not ship with PachUp.");
    }

    private InClusterOptions(CommandLineApplication command, string inCluster, string defaultImage)
    {
        _inCluster = command.Flag("--in-cluster", inCluster);
        _image = command.Value("--image <IMAGE>", $"With --in-cluster: the image with PachUp. {defaultImage}");
        _startTimeout = command.Value("--start-timeout <TIME>", $"With --in-cluster: how long to wait for the Job to start. Default: {DurationText.Write(DefaultStart)}.");
    }

    /// <summary>The options of a command that only reads runs.</summary>
    /// <param name="command">The command.</param>
    public static InClusterOptions ForReading(CommandLineApplication command) => new(
        command,
        "Read the runs that were started with --in-cluster, from their persistent volume claim. A Kubernetes Job reads them and is deleted afterwards.",
        "Default: the image of the last Job.");

    /// <summary>Whether the work is done in the cluster.</summary>
    public bool IsWanted => _inCluster.HasValue();

    /// <summary>The image; null if none was named.</summary>
    public string? Image => _image.Value();

    /// <summary>The image that <c>src/PachUp/Dockerfile</c> makes of this version.</summary>
    public static string DefaultImage => $"pachup:{ToolVersion.Text}";

    private const string DefaultClaimSize = "10Gi";

    /// <summary>The size of a new claim for runs.</summary>
    public string ClaimSize => _claimSize?.Value() ?? DefaultClaimSize;

    /// <summary>The storage class; null for the default.</summary>
    public string? StorageClass => _storageClass?.Value();

    /// <summary>How long to wait for the Job to start.</summary>
    /// <exception cref="UsageException">It is not a time span.</exception>
    public TimeSpan StartTimeout => !_startTimeout.HasValue() ? DefaultStart
        : DurationText.TryParse(_startTimeout.Value()!) is { } time && time > TimeSpan.Zero ? time
        : throw new UsageException($"--start-timeout is \"{_startTimeout.Value()}\"", $"Give {DurationText.Expected}; more than zero.");

    /// <summary>Whether the image has all plugins.</summary>
    public bool HasPluginsInImage => _pluginsInImage?.HasValue() == true;

    /// <summary>The options as given, for commands that the user can copy.</summary>
    public IEnumerable<string> Arguments =>
    [
        "--in-cluster",
        .. Rest.Where(option => option.HasValue())
            .SelectMany(option => option.OptionType == CommandOptionType.NoValue ? [$"--{option.LongName}"] : new[] { $"--{option.LongName}", option.Value()! }),
    ];

    private IEnumerable<CommandOption> Rest => new[] { _image, _claimSize, _storageClass, _startTimeout, _pluginsInImage }.OfType<CommandOption>();

    /// <summary>Refuses the directory of runs of this machine with <c>--in-cluster</c>, and the place of a cluster without it: a run records its clusters.</summary>
    /// <param name="state">The directory.</param>
    /// <param name="place">The place of the cluster.</param>
    /// <exception cref="UsageException">Such an option was given.</exception>
    public void ThrowIfMisplaced(StateOption state, PlatformOptions place)
    {
        ThrowIfUsedWith(StateDirectory(state));
        if (!IsWanted && place.Arguments.FirstOrDefault() is { } option)
        {
            throw new UsageException($"{option} needs --in-cluster", $"Leave out {option}: the run records its clusters.");
        }
    }

    /// <summary>The directory of runs of this machine, for <see cref="ThrowIfUsedWith"/>.</summary>
    public static (bool IsGiven, string Option, string Why) StateDirectory(StateOption state) => (state.IsGiven, "--state-dir", "runs are kept on a persistent volume claim");

    /// <summary>Refuses options that cannot be used together.</summary>
    /// <param name="others">Options that make no sense in the cluster, with what they are for, if they were given.</param>
    /// <exception cref="UsageException">Some of them were given.</exception>
    public void ThrowIfUsedWith(params IEnumerable<(bool IsGiven, string Option, string Why)> others)
    {
        if (!IsWanted && Rest.FirstOrDefault(option => option.HasValue()) is { } stray)
        {
            throw new UsageException($"--{stray.LongName} needs --in-cluster", $"Add --in-cluster, or leave out --{stray.LongName}.");
        }

        if (IsWanted && others.FirstOrDefault(other => other.IsGiven) is { IsGiven: true } other)
        {
            throw new UsageException($"{other.Option} cannot be used with --in-cluster: {other.Why}", $"Leave out {other.Option}, or leave out --in-cluster.");
        }

        _ = StartTimeout;
    }
}
