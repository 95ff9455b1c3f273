using System.Collections.Immutable;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Pachyderm;

namespace PachUp.Cli;

/// <summary>A command that the user may type next.</summary>
/// <param name="When">What it is for.</param>
/// <param name="Arguments">The command, word by word.</param>
internal sealed record NextCommand(string When, ImmutableArray<string> Arguments)
{
    private const string Tool = "pachup";

    /// <summary>The command on one line, as a shell reads it.</summary>
    public string Text => string.Join(' ', Arguments.Select(ShellText.Quote));

    /// <summary>The command after a plan was shown.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="arguments">The plan and the options that it was made with.</param>
    public static NextCommand After(PlanPreview plan, IEnumerable<string> arguments) => plan.IsRefused
        ? new("The plan is refused. Fix the findings marked \"refused\", then plan again:", [Tool, "plan", .. arguments])
        : new("To apply exactly this plan:", [Tool, "apply", .. arguments, "--expect", plan.Hash]);

    /// <summary>What to type after a plan was saved; null if it is refused.</summary>
    /// <param name="file">The file.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="arguments">The options of the command.</param>
    public static NextCommand? Apply(string file, PlanPreview plan, IEnumerable<string> arguments) =>
        plan.IsRefused ? null : new("To apply exactly this plan:", [Tool, "apply", file, .. arguments]);

    /// <summary>
    /// The command after a plan for sandboxes was shown. The next command starts new sandboxes, so it has no plan hash.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="arguments">The plan and the options that it was made with.</param>
    public static NextCommand Try(PlanPreview plan, IEnumerable<string> arguments) =>
        plan.IsRefused ? After(plan, arguments) : new("To try it:", [Tool, "apply", .. arguments]);

    /// <summary>The command that shows the first step of a path.</summary>
    public static NextCommand Plan(string plan, Release to, string? source) => new(
        "To see what the first step would do:",
        [Tool, "plan", plan, .. source is null ? Array.Empty<string>() : ["--source", source], "--to", to.ToString()]);

    /// <summary>The command that resumes a run.</summary>
    public static NextCommand Resume(RunDirectory run, IEnumerable<string> options) =>
        new("To resume the run:", [Tool, "apply", "--resume", run.Id, .. options, .. LocksOf(run)]);

    /// <summary>The command that carries what was written to the source of a run after the extract.</summary>
    public static NextCommand CatchUp(RunDirectory run, IEnumerable<string> options) =>
        new("When the writers are stopped, to carry what they wrote:", [Tool, "apply", "--catch-up", run.Id, .. options, .. LocksOf(run)]);

    /// <summary>The command that undoes a run.</summary>
    public static NextCommand RollBack(RunDirectory run, IEnumerable<string> options) =>
        new("To roll the run back:", [Tool, "rollback", run.Id, .. options, .. LocksOf(run)]);

    /// <summary>The command that leads the clients of a run back to its source.</summary>
    public static NextCommand SwitchBack(RunDirectory run, IEnumerable<string> options) =>
        new("To lead the clients back:", [Tool, "switch", run.Id, "--back", .. options, .. LocksOf(run)]);

    /// <summary>The command that leads the clients of a run to its target again, after they were led back.</summary>
    public static NextCommand SwitchAgain(RunDirectory run, IEnumerable<string> options) =>
        new("To switch the clients to the target again, when writers are stopped:", [Tool, "apply", "--resume", run.Id, .. options, .. LocksOf(run)]);

    /// <summary>How a finished run is undone.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cluster">The name of its source, which confirms that the user means it.</param>
    /// <param name="limit">How long that is possible.</param>
    /// <param name="options">The options of the command.</param>
    public static NextCommand TakeBack(RunDirectory run, string cluster, string limit, IEnumerable<string> options) =>
        new($"To take it back ({limit}):", [Tool, "rollback", run.Id, "--confirm", cluster, .. options, .. LocksOf(run)]);

    /// <summary>How the result of a run is verified again, with the output of pipelines. It changes nothing, so it asks for no consent.</summary>
    public static NextCommand Verify(RunDirectory run, IEnumerable<string> options) =>
        new("To verify the result, with the output of pipelines:", [Tool, "verify", run.Id, "--after-work", .. options.Where(option => option != "--yes")]);

    private static IEnumerable<string> LocksOf(RunDirectory run) => RunRecord.TryReadLockDirectory(run) is { } directory ? ["--lock-dir", directory] : [];
}
