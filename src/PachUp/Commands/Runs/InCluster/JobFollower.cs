using System.Collections.Immutable;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;
using PachUp.Views;

namespace PachUp.Commands.Runs.InCluster;

/// <summary>Shows the log of a job, and at the end the possible next commands.</summary>
/// <param name="platform">The platform that the job is on.</param>
/// <param name="options">How it runs.</param>
/// <param name="output">The format of the answer.</param>
/// <param name="terminal">Receives the answer.</param>
internal sealed class JobFollower(IRemoteRunPlatform platform, InClusterOptions options, OutputOption output, Terminal terminal)
{
    /// <summary>The command that follows the job again.</summary>
    public required NextCommand Again { get; init; }

    /// <summary>The options for the place of the cluster, for commands that the user can copy.</summary>
    public required ImmutableArray<string> Place { get; init; }

    /// <summary>Follows a job to its end.</summary>
    /// <param name="process">The job.</param>
    /// <param name="plan">The plan that it applies; null if it is not known here.</param>
    /// <param name="cancellationToken">Stops following the job.</param>
    /// <returns>The exit code of the job.</returns>
    public async Task<int> FollowAsync(RemoteProcess process, PlanPreview? plan, CancellationToken cancellationToken)
    {
        terminal.Messages.Line($"Showing the log of Job {process.Name} in {process.Place}. Press Ctrl+C to stop watching; the Job continues.");
        terminal.StoppingMessage = "Stopped watching. The Job continues.";
        terminal.ExitMessage = () => SayHowToFollow(process);
        try
        {
            var end = await platform.FollowAsync(process, options.StartTimeout, ShowLine, ShowNotice, cancellationToken);
            terminal.ExitMessage = null;
            return Conclude(process, plan, end);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            SayHowToFollow(process);
            return ExitCode.Interrupted;
        }
        catch (StepFailedException failure)
        {
            StopView.Write(terminal.Messages, failure, [Again]);
            InClusterView.WriteAdvice(terminal.Messages, process.HowToRemove);
            return ExitCode.Of(failure.Kind);
        }
        finally
        {
            terminal.ExitMessage = null;
        }
    }

    private void ShowLine(string line) => (output.IsJson ? terminal.Messages : terminal.Answer).Document(line);

    private void ShowNotice(string notice) => terminal.Messages.Hang("Note: ", notice);

    private int Conclude(RemoteProcess process, PlanPreview? plan, RemoteEnd end)
    {
        var exitCode = end.ExitCode ?? ExitCode.Failed;
        terminal.EndOfRun = $"Job {process.Name} in {process.Place} {(exitCode is ExitCode.Done or ExitCode.ForeignContent or ExitCode.AnswerIncomplete ? "succeeded" : "did not succeed; see above what to do")}.";
        if (output.IsJson)
        {
            terminal.Answer.Json(JsonAnswer.Serialize(new InClusterDocument(plan, Preview: null, new JobDocument(process.Name, process.Place, exitCode, end.Reason))));
        }

        terminal.Messages.Blank();
        if (end.ExitCode is null)
        {
            terminal.Messages.Hang(Look.Bad("Error: "), $"Job {process.Name} was ended: {end.Reason}");
        }
        else
        {
            terminal.Messages.Line($"Job {process.Name} ended with exit code {exitCode}.");
        }

        if (exitCode is ExitCode.Failed or ExitCode.Interrupted or ExitCode.LossFound)
        {
            NextCommandView.Write(terminal.Messages, new NextCommand("To resume the run in a Job:", ["pachup", "apply", "--in-cluster", "--resume", .. Place]));
            NextCommandView.Write(terminal.Messages, new NextCommand("To roll the run back in a Job:", ["pachup", "rollback", "--in-cluster", .. Place]));
        }

        InClusterView.WriteAdvice(terminal.Messages, process.HowToFetch);
        InClusterView.WriteAdvice(terminal.Messages, process.HowToRemove);
        return exitCode;
    }

    private void SayHowToFollow(RemoteProcess process)
    {
        terminal.Messages.Line($"Job {process.Name} in {process.Place} continues.");
        NextCommandView.Write(terminal.Messages, Again);
        InClusterView.WriteAdvice(terminal.Messages, process.HowToStop);
    }
}
