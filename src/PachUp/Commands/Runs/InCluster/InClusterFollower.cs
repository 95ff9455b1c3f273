using System.Collections.Immutable;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Sdk;
using PachUp.Views;

namespace PachUp.Commands.Runs.InCluster;

/// <summary>Shows what a job writes, and says at the end what can be done next.</summary>
/// <param name="platform">The platform that the job is on.</param>
/// <param name="options">How it runs.</param>
/// <param name="output">Who the answer is for.</param>
/// <param name="terminal">Where it goes.</param>
internal sealed class InClusterFollower(IRemoteRunPlatform platform, InClusterOptions options, OutputOption output, Terminal terminal) : IRemoteListener
{
    /// <summary>The command that follows the job again.</summary>
    public required NextCommand Again { get; init; }

    /// <summary>The options that say where the cluster is, to repeat them in a command to copy.</summary>
    public required ImmutableArray<string> Place { get; init; }

    /// <summary>Follows a job to its end.</summary>
    /// <param name="process">The job.</param>
    /// <param name="plan">What it carries out; null where that is not known here.</param>
    /// <param name="cancellationToken">Ends the following.</param>
    /// <returns>What the job returned.</returns>
    public async Task<int> FollowAsync(RemoteProcess process, PlanPreview? plan, CancellationToken cancellationToken)
    {
        terminal.Talk.Line($"Following job {process.Name} in {process.Place}. Ctrl+C ends the following; the job goes on.");
        terminal.WordsWhenStopping = "The following ends; the job goes on.";
        terminal.LastWords = () => SayHowToFollow(process);
        try
        {
            var end = await platform.FollowAsync(process, options.StartTimeout, this, cancellationToken);
            terminal.LastWords = null;
            return Conclude(process, plan, end);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            SayHowToFollow(process);
            return ExitCode.Interrupted;
        }
        catch (StepFailedException failure)
        {
            StopView.Write(terminal.Talk, failure, [Again]);
            InClusterView.WriteAdvice(terminal.Talk, process, RemoteTopic.Remove);
            return ExitCode.Of(failure.Kind);
        }
        finally
        {
            terminal.LastWords = null;
        }
    }

    /// <inheritdoc/>
    public void OnLine(string line) => (output.IsJson ? terminal.Talk : terminal.Answer).Raw(line);

    /// <inheritdoc/>
    public void OnNotice(string notice) => terminal.Talk.Hang("Note: ", notice);

    private int Conclude(RemoteProcess process, PlanPreview? plan, RemoteEnd end)
    {
        var exitCode = end.ExitCode ?? ExitCode.Failed;
        terminal.EndOfRun = $"Job {process.Name} in {process.Place} has ended{(exitCode == ExitCode.Done ? " well" : "; above is what to do")}.";
        if (output.IsJson)
        {
            terminal.Answer.Raw(JsonAnswer.Serialize(new InClusterDocument(plan, Preview: null, new JobDocument(process.Name, process.Place, exitCode, end.Reason))));
        }

        terminal.Talk.Blank();
        if (end.ExitCode is null)
        {
            terminal.Talk.Hang(Look.Bad("Error: "), $"job {process.Name} did not end by itself: {end.Reason}");
        }
        else
        {
            terminal.Talk.Line($"Job {process.Name} has ended, with exit code {exitCode}.");
        }

        if (exitCode is ExitCode.Failed or ExitCode.Interrupted or ExitCode.LossFound)
        {
            NextCommandView.Write(terminal.Talk, new NextCommand("To go on where it stopped, in a job again:", ["pachup", "apply", "--in-cluster", "--resume", .. Place]));
            NextCommandView.Write(terminal.Talk, new NextCommand("To go back to where it began, in a job again:", ["pachup", "rollback", "--in-cluster", .. Place]));
        }

        InClusterView.WriteAdvice(terminal.Talk, process, RemoteTopic.Fetch);
        InClusterView.WriteAdvice(terminal.Talk, process, RemoteTopic.Remove);
        return exitCode;
    }

    private void SayHowToFollow(RemoteProcess process)
    {
        terminal.Talk.Line($"Job {process.Name} in {process.Place} goes on.");
        NextCommandView.Write(terminal.Talk, Again);
        InClusterView.WriteAdvice(terminal.Talk, process, RemoteTopic.Stop);
    }
}
