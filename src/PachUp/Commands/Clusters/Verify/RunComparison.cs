using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs;
using PachUp.Model;
using PachUp.Views;

namespace PachUp.Commands.Clusters.Verify;

/// <summary><c>pachup verify RUN</c>: compares the target of a run again, as its plan says, and looks at the source for late writes.</summary>
/// <param name="run">The argument that names the run.</param>
/// <param name="secrets">The places of the secrets of the run.</param>
internal sealed class RunComparison(CommandArgument run, SecretOption secrets)
{
    /// <summary>Whether a run was named.</summary>
    public bool IsWanted => run.Value is not null;

    /// <summary>Refuses options that choose what is compared.</summary>
    /// <param name="others">Options that compare two places.</param>
    /// <exception cref="UsageException">Such an option was given.</exception>
    public static void Validate(params IEnumerable<CommandOption> others)
    {
        if (others.FirstOrDefault(option => option.HasValue()) is { } other)
        {
            throw new UsageException(
                $"--{other.LongName} cannot be used with a run", $"Leave out --{other.LongName}: the run records its clusters, and its plan says what is compared.");
        }
    }

    /// <summary>Compares and shows the result.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(PlaceComparison options, TimeoutOptions timeouts, Terminal terminal, CancellationToken cancellationToken)
    {
        var named = new RunChoice(options.State.Directory).Find(run.Value!);
        await using var plan = await new MigrationPlanner(options.Plugins, timeouts, terminal).ReadToVerifyAsync(named, new PlanOverrides { Secrets = [.. secrets.References] }, cancellationToken);
        terminal.Messages.Line($"Verifying run {named.Id} again at {plan.Preview.Target.ShownAddress}.");
        var verification = new RunVerification(named, plan, terminal.Events.Time);
        var result = await WorkDisplay.ShowAsync(terminal, progress => verification.RunAsync(progress, cancellationToken));
        options.Output.Show(terminal, () => VerificationDocument.Of(result.Verification) with { LateWrites = result.LateWrites }, page => Write(page, result, options.Limit));
        return result.IsGood ? ExitCode.Done : ExitCode.LossFound;
    }

    private static void Write(Page page, VerifiedRun result, ItemLimit limit)
    {
        VerificationView.Write(page, result.Verification, limit);
        page.Blank();
        LateWritesView.Write(page, result.LateWrites, limit);
    }
}
