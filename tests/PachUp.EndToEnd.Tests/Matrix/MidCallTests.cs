using System.Collections.Concurrent;
using System.Globalization;
using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Testing;
using Xunit.Abstractions;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// Kills the tool with -9 at a random byte of a call that moves data, and resumes the run. The journal has no record at this point. PACHUP_MATRIX=all
/// tests more calls, PACHUP_MATRIX_SEED sets the seed of the random choices.
/// </summary>
public sealed class MidCallTests(ITestOutputHelper output)
{
    private const string Extract = "/admin.API/Extract";
    private const string Restore = "/admin.API/Restore";
    private const string PutFile = "/pfs.API/PutFile";

    /// <summary>The calls in which the tool is killed: a plan, a method, and whether the kill is in the answer.</summary>
    public static TheoryData<string, string, bool> Calls
    {
        get
        {
            var calls = new TheoryData<string, string, bool>
            {
                { "pachyderm-backup", Extract, true },
                { "pachyderm-restore-backup", Restore, false },
                { "pachyderm-1.7.14-to-1.8.0-side-by-side", Restore, false },
                { "pachyderm-1.7-to-1.8-reload", PutFile, KillMatrixTests.Seed % 2 == 0 },
            };
            if (KillMatrixTests.IsWhole)
            {
                calls.Add("pachyderm-1.8.7-to-1.9.0", Restore, false);
                calls.Add("pachyderm-1.8.7-to-1.9.0", Restore, true);
                calls.Add("pachyderm-1.7.14-to-1.8.0-side-by-side", Extract, true);
                calls.Add("pachyderm-1.7-to-1.8-reload", PutFile, KillMatrixTests.Seed % 2 != 0);
            }

            return calls;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public Task A_run_killed_during_a_call_is_resumed_and_everything_arrives_once(string plan, string method, bool inAnswer) =>
        KillAsync(plan, call => call.Method == method && call.IsAnswer == inAnswer && call.Bytes > 0);

    [Fact]
    public Task A_reload_killed_between_two_files_is_resumed_and_everything_arrives_once() =>
        KillAsync("pachyderm-1.7-to-1.8-reload", call => call is { Method: PutFile, Number: > 1, IsAnswer: false, Bytes: 0 });

    private async Task KillAsync(string name, Func<PassingCall, bool> isMoment)
    {
        var plan = MatrixPlan.All.Single(plan => plan.Name == name);
        var moments = new ConcurrentQueue<PassingCall>();
        var expected = await RunUndisturbedAsync(plan, call => moments.Enqueue(call), isMoment);
        var moment = new Random(KillMatrixTests.Seed).GetItems([.. moments], 1)[0];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: killed at {moment}, one of {moments.Count} moments, seed {KillMatrixTests.Seed}"));

        await using var environment = await MatrixEnvironment.StartAsync(plan);
        await using var calls = await WatchedCalls.OfAsync(environment);
        using var running = environment.Start(calls.Arguments);
        calls.OnPassing(call => KillAt(moment, call, running));
        await running.EndAsync();
        calls.OnPassing(_ => { });
        (await environment.RunAsync("apply", "--resume", "--yes")).Expect(0);

        Assert.Equal(expected, await environment.EverythingAsync());
        Assert.Equal(0, await environment.CountRepeatedAsync());
    }

    private static async Task<string> RunUndisturbedAsync(MatrixPlan plan, Action<PassingCall> note, Func<PassingCall, bool> isMoment)
    {
        await using var environment = await MatrixEnvironment.StartAsync(plan);
        await using var calls = await WatchedCalls.OfAsync(environment);
        calls.OnPassing(call =>
        {
            if (isMoment(call))
            {
                note(call);
            }
        });
        (await environment.RunAsync(calls.Arguments)).Expect(0);
        return await environment.EverythingAsync();
    }

    private static void KillAt(PassingCall moment, PassingCall call, RunningTool running)
    {
        if (call with { Bytes = moment.Bytes } == moment && call.Bytes >= moment.Bytes)
        {
            running.Kill();
            throw new IOException("the tool was killed");
        }
    }
}
