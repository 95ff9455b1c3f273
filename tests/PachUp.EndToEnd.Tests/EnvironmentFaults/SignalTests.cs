using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.EnvironmentFaults;

/// <summary>Signals other than Ctrl+C that reach a run.</summary>
public sealed class SignalTests : IDisposable
{
    private static readonly string[] ApplyInSandbox = ["apply", Tool.Plan, "--sandbox", "--yes"];

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_closed_terminal_stops_the_run_where_it_can_be_resumed_however_often_the_signal_comes()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);
        await using var target = await CallProxy.StartAsync(clusters.Target.Address);
        using var reached = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        target.Passing = call =>
        {
            // The restore waits until the signals were sent, so that they always arrive in the middle of the run.
            if (call.Method == "/admin.API/Restore" && !reached.IsSet)
            {
                reached.Set();
                goOn.Wait(TimeSpan.FromMinutes(1));
            }
        };
        using var running = RunningTool.Start(
            _tool, "apply", Tool.Plan, "--source", clusters.Source.Address.ToString(), "--target", target.Address.ToString(), "--set", "objects=true", "--yes");
        Assert.True(await Task.Run(() => reached.Wait(TimeSpan.FromMinutes(2))), "the run did not come to its restore");
        await Signals.HangUpAsync(running.ProcessId);
        await Signals.HangUpAsync(running.ProcessId);
        await Signals.HangUpAsync(running.ProcessId);
        await running.UntilAsync("Stopping where the run can be resumed.");
        goOn.Set();

        var stopped = await running.EndAsync();
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        stopped.Expect(130).Says("Stopping where the run can be resumed.").Says("pachup apply --resume");
        resumed.Expect(0).Answers("Arrived: repos 33 of 33");
    }

    [Fact]
    public async Task A_run_under_nohup_goes_on_when_its_terminal_is_closed() =>
        (await _tool.RunInShellAsync("trap '' HUP; (for i in 1 2 3 4; do sleep 0.5; kill -HUP $$; done) & :", ApplyInSandbox)).Expect(0).Answers("Arrived: repos 33 of 33");

    [Fact]
    public async Task A_run_that_was_stopped_for_longer_than_every_limit_goes_on()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);

        var outcome = await _tool.RunInShellAsync(
            "(sleep 1; kill -STOP $$; sleep 6; kill -CONT $$) & :",
            ["apply", Tool.Plan, .. clusters.Options, "--set", "objects=true", "--yes", "--timeout", "5s", "--call-timeout", "5s", "--idle-timeout", "5s", "--retry-for", "0s"]);

        outcome.Expect(0).Answers("Arrived: repos 33 of 33");
    }
}
