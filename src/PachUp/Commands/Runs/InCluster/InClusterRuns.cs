using System.Collections.Immutable;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Plugins;
using PachUp.Engine.Remote;
using PachUp.Engine.State;
using PachUp.Model;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;
using PachUp.Views;

namespace PachUp.Commands.Runs.InCluster;

/// <summary>Lets PachUp in the cluster apply, resume or undo a plan, and follows its job.</summary>
/// <param name="options">How it runs there.</param>
/// <param name="place">Where the clusters are.</param>
/// <param name="timeouts">How long to wait for them.</param>
/// <param name="consent">Whether to ask.</param>
/// <param name="output">The format of the answer.</param>
/// <param name="terminal">Receives the answer.</param>
internal sealed class InClusterRuns(
    InClusterOptions options, PlatformOptions place, TimeoutOptions timeouts, Consent consent, OutputOption output, Terminal terminal)
{
    /// <summary>Whether to show only what would be created.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether the user lets it break the lock of a run that did not end.</summary>
    public bool BreaksLock { get; init; }

    /// <summary>How many items of long lists are shown.</summary>
    public ItemLimit Limit { get; init; } = ItemLimit.Condensed;

    /// <summary>Applies a plan. If a job already applies it, follows that job.</summary>
    /// <param name="migration">The plan, as it was given.</param>
    /// <param name="expected">The hash that the plan has to have; null for any.</param>
    /// <param name="state">Where runs of this machine are kept.</param>
    /// <param name="migrations">Makes previews of plans.</param>
    /// <param name="cancellationToken">Stops following the job.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> ApplyAsync(
        MigrationCommandOptions migration, string? expected, StateDirectory state, MigrationPlanner migrations, CancellationToken cancellationToken)
    {
        var (requested, way) = await RequestedPlan.FindAsync(migration, expected, migrations, state, cancellationToken);
        if (requested is null)
        {
            return PathView.ShowNothingToDo(output, terminal, way!);
        }

        var request = requested.Request;
        var document = request.Document;
        var platform = RemotePlan.PlatformOf(document, request.Catalogue);
        var follower = FollowerOf(platform, Again("apply", [.. requested.Arguments, .. expected is null ? [] : new[] { "--expect", expected }]));
        if (await platform.FindAsync(document.SourceCluster.Settings, cancellationToken) is { } present && IsThis(present, document, requested.Expected?.Hash))
        {
            return await FollowPresentAsync(follower, present, cancellationToken);
        }

        await using var plan = await migrations.PlanElsewhereAsync(request, platform.StateDirectory, cancellationToken);
        ShowPlan(plan.Preview, requested.Summary);
        if (plan.Preview.IsRefused)
        {
            return NothingDone(plan.Preview, null, "Nothing was done. Fix the findings marked \"refused\" first.", ExitCode.Refused);
        }

        requested.Expected?.ThrowIfDifferent(plan.Preview);
        var run = RunOf(await RemotePlan.OfAsync(plan, platform, options.HasPluginsInImage ? null : Installation.ShippedPlugins, cancellationToken), platform);
        SayWhatIsAskedThere(request.Catalogue, plan.Preview.Purpose);
        return await StartAsync(platform, run, plan.Preview, "Apply exactly this plan in the cluster?", follower, cancellationToken);
    }

    /// <summary>Continues a run that an earlier job started. If that job still works, follows it.</summary>
    /// <param name="command">The PachUp command for the job, word by word.</param>
    /// <param name="question">The question to the user.</param>
    /// <param name="migrations">Has the loaded plugins.</param>
    /// <param name="cancellationToken">Stops following the job.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> ContinueAsync(IReadOnlyList<string> command, string question, MigrationPlanner migrations, CancellationToken cancellationToken)
    {
        var platform = RemotePlan.PlatformOf(place.Platform, migrations.Catalogue);
        var settings = place.Settings;
        var follower = FollowerOf(platform, Again(command[0], [.. command.Skip(1), .. place.Arguments, .. timeouts.Arguments]));
        var present = await platform.FindAsync(settings, cancellationToken);
        if (present is { IsActive: true })
        {
            return await FollowPresentAsync(follower, present, cancellationToken);
        }

        var run = new RemoteRun
        {
            Clusters = [settings],
            Arguments = [.. command, .. timeouts.Arguments, .. Locks, "--yes", "--state-dir", platform.StateDirectory],
            PlanName = present?.PlanName ?? "",
            Variables = Variables,
            Image = options.Image ?? present?.Image ?? InClusterOptions.DefaultImage,
            StorageSize = options.ClaimSize,
            StorageClass = options.StorageClass,
        };
        return await StartAsync(platform, run, plan: null, question, follower, cancellationToken);
    }

    private IEnumerable<string> Locks => BreaksLock ? ["--break-lock"] : [];

    // The messages of the job about how to continue are shown here.
    private ImmutableSortedDictionary<string, string> Variables => ContinueOptions.VariablesFor(["--in-cluster", .. place.Arguments]);

    private RemoteRun RunOf(RemotePlan plan, IRemoteRunPlatform platform) => new()
    {
        Clusters = plan.Clusters,
        Arguments =
        [
            "apply", platform.PlanPath, .. PlanArguments.Of(plan.Overrides), .. timeouts.Arguments, .. Locks,
            "--state-dir", platform.StateDirectory, "--expect", plan.Hash, "--yes",
        ],
        PlanName = plan.Name,
        PlanHash = plan.Hash,
        Plan = plan.Text,
        Image = options.Image ?? InClusterOptions.DefaultImage,
        StorageSize = options.ClaimSize,
        StorageClass = options.StorageClass,
        Variables = Variables,
        PachConfig = plan.PachConfig,
        SecretVariables = plan.SecretVariables,
    };

    private async Task<int> StartAsync(
        IRemoteRunPlatform platform, RemoteRun run, PlanPreview? plan, string question, JobFollower follower, CancellationToken cancellationToken)
    {
        var preview = await platform.PreviewAsync(run, cancellationToken);
        if (!output.IsJson)
        {
            InClusterView.Write(terminal.Answer, run, preview, IsDryRun);
        }

        if (IsDryRun)
        {
            return NothingDone(plan, preview, "Nothing was done: this was a dry run.", ExitCode.Done);
        }

        IncompleteAnswer.ThrowIfIncomplete(terminal);
        if (!await consent.AskAsync(terminal, question, cancellationToken))
        {
            return NothingDone(plan, preview, "Nothing was done.", ExitCode.Interrupted);
        }

        var process = await platform.StartAsync(run, cancellationToken);
        return await follower.FollowAsync(process, plan, cancellationToken);
    }

    private async Task<int> FollowPresentAsync(JobFollower follower, RemoteProcess present, CancellationToken cancellationToken)
    {
        terminal.Messages.Line(present.IsActive
            ? $"Job {present.Name} in {present.Place} already works on this. No new Job is started."
            : $"Job {present.Name} in {present.Place} has already carried out exactly this plan. No new Job is started.");
        return IsDryRun ? ExitCode.Done : await follower.FollowAsync(present, plan: null, cancellationToken);
    }

    // What a job works on is read from the job, because the clusters have another state during the job. A job that has ended is shown again to
    // a command for exactly the same plan, for example from a script that was interrupted.
    private static bool IsThis(RemoteProcess present, Engine.Plans.PlanDocument plan, string? expected)
    {
        var isSame = present.PlanName == plan.Name && (expected ?? present.PlanHash) == present.PlanHash;
        if (present.IsActive && !isSame)
        {
            throw StepFailedException.Refused(
                $"Job {present.Name} in {present.Place} already works on {Describe(present)}",
                "Wait until it has ended. Only one Job may work on a cluster.");
        }

        return present.IsActive || (isSame && expected is not null);
    }

    private static string Describe(RemoteProcess process) =>
        process switch
        {
            { PlanHash.Length: > 0 } => $"plan {process.PlanName} ({process.PlanHash})",
            { PlanName.Length: > 0 } => $"a run of plan {process.PlanName}",
            _ => "a run that it resumes",
        };

    private void ShowPlan(PlanPreview plan, string summary)
    {
        if (!output.IsJson)
        {
            PathView.WriteHop(terminal.Answer, summary);
            PlanView.Write(terminal.Answer, plan, Limit);
            terminal.Answer.Blank();
        }
    }

    private void SayWhatIsAskedThere(Catalogue catalogue, PlanPurpose purpose)
    {
        var checks = catalogue.Checks.Where(check => check.IsAboutThisMachine && check.IsAbout(purpose)).Select(check => check.Name);
        if (!output.IsJson)
        {
            terminal.Answer.Line($"The Job runs these checks on its own machine: {string.Join(", ", checks)}.");
            terminal.Answer.Blank();
        }
    }

    private int NothingDone(PlanPreview? plan, RemotePreview? preview, string why, int exitCode)
    {
        output.Show(terminal, () => new InClusterDocument(plan, preview, Job: null), page => page.Line(why));
        return exitCode;
    }

    private JobFollower FollowerOf(IRemoteRunPlatform platform, NextCommand again) => new(platform, options, output, terminal)
    {
        Again = again,
        Place = [.. place.Arguments],
    };

    private NextCommand Again(string command, IEnumerable<string> arguments) =>
        new("To watch it again:", ["pachup", command, .. arguments, .. options.Arguments]);
}
