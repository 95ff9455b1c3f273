using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>What a server does to a whole run that answers with errors for a while, or breaks off in the middle: no call that changes something is made twice.</summary>
public sealed class ServerFaultTests : IAsyncLifetime, IDisposable
{
    private const int Unavailable = 14;
    private const string Extract = "/admin.API/Extract";
    private const string Restore = "/admin.API/Restore";

    private readonly Tool _tool = new();
    private ClusterPair _clusters = null!;
    private CallProxy _source = null!;
    private CallProxy _target = null!;

    public async Task InitializeAsync()
    {
        _clusters = await ClusterPair.StartAsync(shareBucket: false);
        _source = await CallProxy.StartAsync(_clusters.Source.Address);
        _target = await CallProxy.StartAsync(_clusters.Target.Address);
    }

    public async Task DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
        await _clusters.DisposeAsync();
    }

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Server_that_answers_errors_for_a_while_when_the_extract_begins_is_waited_for()
    {
        _source.Instead = AnswerErrorsFrom(Extract, count: 3);

        (await _tool.RunAsync(Apply)).Expect(0).Says("Retrying:").Says("leader changed").Says("answers again").Answers("Arrived: repos 33 of 33");
    }

    [Fact]
    public async Task Server_that_answers_errors_for_a_while_when_the_restore_begins_stops_the_run_which_can_be_resumed()
    {
        _target.Instead = AnswerErrorsFrom(Restore, count: 1);

        var stopped = await _tool.RunAsync(Apply);
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        stopped.Expect(1).Says("restore: failed").Says("leader changed").Says("pachup apply --resume");
        resumed.Expect(0).Answers("Arrived: repos 33 of 33");
        Assert.Equal(0, _clusters.Target.RepeatedOperations);
    }

    [Fact]
    public async Task Extract_that_breaks_off_in_the_middle_begins_anew_by_itself()
    {
        await _clusters.AddNoiseAsync(megabytes: 2);
        _source.Passing = BreakOffFirstExtract;

        (await _tool.RunAsync(Apply)).Expect(0).Says("Retrying:").Says("The extract starts again, with a new file.").Answers("Arrived: repos 34 of 34");
    }

    [Fact]
    public async Task Extract_that_breaks_off_does_not_begin_anew_where_nothing_is_to_be_tried_again()
    {
        await _clusters.AddNoiseAsync(megabytes: 2);
        _source.Passing = BreakOffFirstExtract;

        var stopped = await _tool.RunAsync([.. Apply, "--retry-for", "0s"]);
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        stopped.Expect(1).Says("extract: failed").Says("pachup apply --resume");
        resumed.Expect(0).Answers("Arrived: repos 34 of 34");
    }

    [Fact]
    public async Task Restore_that_breaks_off_in_the_middle_is_not_made_twice()
    {
        _target.Passing = call => ThrowIf(call is { Method: Restore, Number: 2, IsAnswer: false, Bytes: > 2000 });

        var stopped = await _tool.RunAsync(Apply);
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        stopped.Expect(1).Says("restore: failed").Says("pachup apply --resume");
        resumed.Expect(0).Answers("Arrived: repos 33 of 33");
        Assert.Equal(0, _clusters.Target.RepeatedOperations);
    }

    private string[] Apply =>
        ["apply", Tool.Plan, "--source", _source.Address.ToString(), "--target", _target.Address.ToString(), "--set", "objects=true", "--yes"];

    /// <summary>From the first call of a method on, so many calls are answered with an error, as while an etcd elects a leader.</summary>
    private static Func<PassingCall, Reply?> AnswerErrorsFrom(string method, int count)
    {
        var (hasBegun, left) = (false, count);
        return call =>
        {
            hasBegun |= call.Method == method;
            return hasBegun && left-- > 0 ? Reply.Error(Unavailable, "etcdserver: leader changed") : null;
        };
    }

    /// <summary>Behind more than a client takes without reading it.</summary>
    private static void BreakOffFirstExtract(PassingCall call) => ThrowIf(call is { Method: Extract, Number: 1, IsAnswer: true, Bytes: > 2_000_000 });

    private static void ThrowIf(bool isTime)
    {
        if (isTime)
        {
            throw new IOException("the connection is lost");
        }
    }
}
