using System.Globalization;
using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Pachyderm.Connections;
using PachUp.Verification.Comparing;
using PachUp.Verification.Files;

namespace PachUp.Commands.Clusters.Verify;

/// <summary><c>pachup verify</c>: compares a target with its source.</summary>
internal sealed class VerifyCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Compares a target with its source after a migration. With --after-work, compares the output of pipelines when the workers have run. "
        + "Exit code 4 if something is lost, or if something was written to the source of a run after the extract.";

    private const string Places = "HOST:PORT or a URL, a saved inventory (.json), or an archive";

    private readonly CommandOption _source;
    private readonly CommandOption _target;
    private readonly PeerOption _sourcePeer;
    private readonly PeerOption _targetPeer;
    private readonly CommandOption _deep;
    private readonly CommandOption _sample;
    private readonly CommandOption _seed;
    private readonly CommandOption _readBytes;
    private readonly TimeoutOptions _timeouts;
    private readonly PlaceComparison _comparison;
    private readonly RunComparison _run;
    private readonly AfterWorkComparison _afterWork;

    public VerifyCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup verify --source old:30650 --target new:30650",
            "pachup verify --source old:30650 --target new:30650 --deep=all",
            "pachup verify --source .pachup/runs/20250301-101500-3f9a/source.inventory.json --target new:30650",
            "pachup verify 20250301-101500-3f9a",
            "pachup verify 20250301-101500-3f9a --after-work");
        var run = command.Argument("RUN", "The run to verify again. With --after-work, the default is the newest one whose output is not yet proved.");
        var secrets = new SecretOption(command);
        _run = new RunComparison(run, secrets);
        _afterWork = new AfterWorkComparison(command, run, secrets);
        _source = command.Value("--source <PLACE>", $"The source: {Places}.");
        _target = command.Value("--target <PLACE>", $"The target: {Places}.");
        _sourcePeer = new PeerOption(command, "source");
        _targetPeer = new PeerOption(command, "target");
        _deep = command.Option(
            "--deep[:<SCOPE>]",
            "Compare path, size and content of all files of branch heads; with --deep=all, of all commits. Both clusters must answer.",
            CommandOptionType.SingleOrNoValue);
        _sample = command.Value("--sample <N>", "Compare the content of N files of branch heads, chosen at random. Both clusters must answer.");
        _seed = command.Value("--seed <NUMBER>", "With --sample: choose the same files as the comparison that printed this number.");
        _readBytes = command.Value(
            "--read-bytes <N>",
            "If objects cannot be listed, files of branch heads are read instead, at most this many bytes. "
            + $"Default: {DeepOptions.DefaultReadBytes} (10 GB).");
        _timeouts = new TimeoutOptions(command);
        _comparison = new PlaceComparison(command);
    }

    private DeepOptions Deep => new()
    {
        Scope = ScopeOption(),
        Sample = (int?)NumberOption(_sample, least: 1) ?? 0,
        Seed = (int?)NumberOption(_seed, least: 0) ?? Random.Shared.Next(),
        ReadBytes = NumberOption(_readBytes, least: 0, most: long.MaxValue) ?? DeepOptions.DefaultReadBytes,
    };

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        _afterWork.Validate(_source, _target, _deep, _sample, _seed);
        if (_afterWork.IsWanted)
        {
            return _afterWork.RunAsync(_comparison, _timeouts, terminal, cancellationToken);
        }

        if (_run.IsWanted)
        {
            RunComparison.Validate(_source, _target, _deep, _sample, _seed, _readBytes);
            return _run.RunAsync(_comparison, _timeouts, terminal, cancellationToken);
        }

        var deep = Deep;
        var addresses = KubeContexts.Addresses(_timeouts.For(terminal));
        return _comparison.RunAsync(
            Required(_source, _sourcePeer, addresses), Required(_target, _targetPeer, addresses), deep, terminal, cancellationToken);
    }

    private DeepScope ScopeOption()
    {
        if (!_deep.HasValue())
        {
            return DeepScope.None;
        }

        return _deep.Value() switch
        {
            null or "" or "heads" => DeepScope.Heads,
            "all" => DeepScope.All,
            var other => throw new UsageException($"--deep cannot be \"{other}\"", "Use --deep for the branch heads, or --deep=all for all commits."),
        };
    }

    private long? NumberOption(CommandOption option, long least, long most = int.MaxValue)
    {
        if (option == _seed && _seed.HasValue() && !_sample.HasValue())
        {
            throw new UsageException("--seed needs --sample", "Add --sample N.");
        }

        return option.Value() switch
        {
            null => null,
            var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most => number,
            var text => throw new UsageException($"--{option.LongName} cannot be \"{text}\"", $"Give a number from {least} to {most}."),
        };
    }

    private static ComparedPlace Required(CommandOption place, PeerOption peer, AddressResolver addresses)
    {
        var text = place.Value() ?? throw new UsageException($"--{place.LongName} is missing", $"Give both --source and --target: {Places}.");
        return (ComparedPlace.Parse(text, $"--{place.LongName}", addresses), peer.Value) switch
        {
            (ComparedPlace.Live live, var port) => new ComparedPlace.Live(live.Address.WithPeer(port, peer.Name)),
            (var file, null) => file,
            _ => throw new UsageException($"{peer.Name} cannot be used, because --{place.LongName} is a file", $"Leave out {peer.Name}."),
        };
    }
}
