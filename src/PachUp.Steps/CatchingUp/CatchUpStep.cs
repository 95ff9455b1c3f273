using PachUp.Common.Text;
using PachUp.Sdk;
using PachUp.Verification.LateWrites;

namespace PachUp.Steps.CatchingUp;

/// <summary>
/// <c>pachyderm/catch-up</c>: carries what was written to the source after the extract. Each pass extracts the source again and sends only what is new,
/// until a look at the source finds nothing more. The target computes the output of the new input itself.
/// </summary>
internal sealed class CatchUpStep : IStep<CatchUpStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments
    {
        /// <summary>How many passes to make if the source is written to during each of them; 1 to 100.</summary>
        public int Passes { get; init; } = 10;

        /// <summary>How long to wait for a pipeline to stop.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
    }

    public string Name => "pachyderm/catch-up";

    public string Summary => "Carries what was written to the source after the extract, until nothing is written any more.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true, CatchesUp = true };

    public Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview($"Carries what was written to the source after the extract, in at most {Words.Count(arguments.Passes, "pass")}")
        {
            Notes =
            [
                "Known only during the run: which commits, branches, repos and pipelines these are. The target computes the output of new input itself.",
                .. context.CarriesObjects ? Array.Empty<string>() : ["Only metadata is sent: if something was written, the bucket has to be copied again before."],
            ],
        });

    public string DescribeRollback(Arguments arguments, IStepExecution execution) =>
        "What was carried late stays on the target, which is given up. Pipelines that were stopped late are started again with the others.";

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (arguments.Passes is < 1 or > 100)
        {
            throw StepFailedException.Refused($"\"passes\" is {arguments.Passes}", "Give a number from 1 to 100.");
        }

        var ledger = new PassLedger(execution);
        for (var pass = 1; await BeginAsync(ledger, pass, arguments, execution, cancellationToken) is { } files; pass++)
        {
            var carried = await new CatchUpPass(files, arguments.Timeout, execution).CarryAsync(cancellationToken);
            new CarriedPass(files.Name, carried).Write(execution.RunDirectory);
            ledger.Finish(files.Number);
        }

        return new StepResult(SummaryOf([.. CarriedPass.ReadAll(execution.RunDirectory).Where(pass => PassFiles.IsOf(execution, pass)).Select(pass => pass.Late)]));
    }

    /// <summary>The next pass: one that was interrupted, or a new one if a look finds late writes. Null if the source and the target are equal.</summary>
    private static async Task<PassFiles?> BeginAsync(PassLedger ledger, int pass, Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (ledger.Unfinished is { } unfinished)
        {
            return new PassFiles(execution, unfinished);
        }

        var look = new LateLook(execution);
        var input = await look.TakeAsync(cancellationToken);
        if (input is null)
        {
            return null;
        }

        if (pass > arguments.Passes)
        {
            throw NeverQuiet(look.Late, arguments.Passes);
        }

        var files = new PassFiles(execution, ledger.Next);
        await files.WriteAsync(input, cancellationToken);
        ledger.Begin(files.Number);
        execution.Progress.Report(new StepProgress($"pass {pass}: carrying {look.Late.Counts}") { IsNews = true });
        return files;
    }

    private static string SummaryOf(IReadOnlyCollection<LateWriteReport> carried)
    {
        var computed = carried.Sum(pass => pass.ComputedAgain.Length);
        return carried.Count == 0
            ? "Nothing was written to the source after the extract"
            : $"Carried what was written late in {Words.Count(carried.Count, "pass")}: {LateWriteReport.CountsOf(carried.SelectMany(pass => pass.Writes))}"
                + (computed > 0 ? $"; {Words.Count(computed, "change")} of output {(computed == 1 ? "is" : "are")} computed again" : "");
    }

    private static StepFailedException NeverQuiet(LateWriteReport late, int passes) => new(
        $"the source was written to again during each of {Words.Count(passes, "pass")}. The last look found: {Words.FirstOf([.. late.Writes.Select(write => write.Text)])}",
        "Everything before is on the target. Find out who writes to the source (a client, an ingress) and stop them, then catch up again.")
    { Kind = FailureKind.LateWrites };
}
