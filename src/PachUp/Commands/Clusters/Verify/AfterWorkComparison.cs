using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.OutputProofs;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs;
using PachUp.Model;
using PachUp.Verification.AfterWork;
using PachUp.Verification.LateWrites;
using PachUp.Views;

namespace PachUp.Commands.Clusters.Verify;

/// <summary><c>pachup verify RUN --after-work</c>: compares the output of a run's target with that of the source when the workers have run.</summary>
internal sealed class AfterWorkComparison
{
    private readonly CommandArgument _run;
    private readonly CommandOption _afterWork;
    private readonly CommandOption _waitFor;
    private readonly CommandOption _accept;
    private readonly SecretOption _secrets;

    /// <param name="command">The command.</param>
    /// <param name="run">The argument that names the run.</param>
    /// <param name="secrets">The places of the secrets of the run.</param>
    public AfterWorkComparison(CommandLineApplication command, CommandArgument run, SecretOption secrets)
    {
        (_run, _secrets) = (run, secrets);
        _afterWork = command.Flag(
            "--after-work",
            "Wait for the workers of the target, read the output of all pipelines, and compare it with the finished output of the source.");
        _waitFor = command.Value(
            "--wait-for <TIME>",
            $"With --after-work: how long to wait for the workers. 0s: do not wait. Default: {DurationText.Write(AfterWorkOptions.DefaultTimeout)}.");
        _accept = command.Values(
            "--accept <PIPELINE>",
            "With --after-work: accept different content in the output of this pipeline, because its code writes times or random numbers. May be repeated.");
    }

    /// <summary>Whether the option was given.</summary>
    public bool IsWanted => _afterWork.HasValue();

    /// <summary>Refuses options that need <c>--after-work</c>, and options that cannot be used with it.</summary>
    /// <param name="others">Options that compare two places.</param>
    /// <exception cref="UsageException">Options cannot be used together.</exception>
    public void Validate(params IEnumerable<CommandOption> others)
    {
        if (IsWanted && others.FirstOrDefault(option => option.HasValue()) is { } other)
        {
            throw new UsageException(
                $"--{other.LongName} cannot be used with --after-work", $"Leave out --{other.LongName}: the run records its clusters, and all output is read.");
        }

        if (!IsWanted && new[] { _waitFor, _accept }.FirstOrDefault(option => option.HasValue()) is { } without)
        {
            throw new UsageException($"--{without.LongName} needs --after-work", "Add --after-work.");
        }

        _ = Options;
    }

    private AfterWorkOptions Options => new()
    {
        Timeout = _waitFor.Value() is not { } text ? AfterWorkOptions.DefaultTimeout
            : DurationText.TryParse(text) ?? throw new UsageException($"--wait-for is \"{text}\"", $"Give {DurationText.Expected}."),
        Accepted = [.. _accept.Values.OfType<string>()],
    };

    /// <summary>Waits for the workers, compares the output and shows the result.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(PlaceComparison options, TimeoutOptions timeouts, Terminal terminal, CancellationToken cancellationToken)
    {
        var run = new RunChoice(options.State.Directory).FindOrLastToProve(_run.Value);
        await using var plan = await new MigrationPlanner(options.Plugins, timeouts, terminal).ReadToVerifyAsync(run, new PlanOverrides { Secrets = [.. _secrets.References] }, cancellationToken);
        terminal.Messages.Line(
            $"Verifying the output of run {run.Id} at {plan.Preview.Target.ShownAddress}; waiting for its workers for at most {Words.Duration(Options.Timeout)}.");
        var verification = new AfterWorkVerification(run, plan, Options);
        var report = await WorkDisplay.ShowAsync(terminal, progress => verification.RunAsync(progress, cancellationToken));
        var late = await WorkDisplay.ShowAsync(terminal, progress => new RunVerification(run, plan, terminal.Events.Time).TryLookAsync(progress, cancellationToken));
        options.Output.Show(terminal, () => AfterWorkDocument.Of(run, report) with { LateWrites = late }, page => Write(page, report, late, options.Limit));
        return report.Outcome switch
        {
            OutputProofState.Lost => ExitCode.LossFound,
            _ when late is { IsFound: true } => ExitCode.LossFound,
            OutputProofState.NotYet => ExitCode.Failed,
            _ => ExitCode.Done,
        };
    }

    private static void Write(Page page, AfterWorkReport report, LateWriteReport? late, ItemLimit limit)
    {
        AfterWorkView.Write(page, report, limit);
        LateWritesView.Write(page, late, limit);
    }
}
