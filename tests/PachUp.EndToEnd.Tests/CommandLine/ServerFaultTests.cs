using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>Runs with a server that temporarily answers with errors or ends calls early. No call that changes the cluster is repeated.</summary>
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
    public async Task An_extract_waits_while_the_server_temporarily_answers_with_errors()
    {
        _source.Instead = AnswerErrorsFrom(Extract, count: 3);

        (await _tool.RunAsync(Apply)).Expect(0).Says("Retrying:").Says("leader changed").Says("answers again").Answers("Arrived: repos 33 of 33");
    }

    [Fact]
    public async Task A_restore_to_a_server_that_temporarily_answers_with_errors_stops_and_can_be_resumed()
    {
        _target.Instead = AnswerErrorsFrom(Restore, count: 1);

        var stopped = await _tool.RunAsync(Apply);
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        stopped.Expect(1).Says("restore: failed").Says("leader changed").Says("pachup apply --resume");
        resumed.Expect(0).Answers("Arrived: repos 33 of 33");
        Assert.Equal(0, _clusters.Target.RepeatedOperations);
    }

    [Fact]
    public async Task An_interrupted_extract_is_repeated()
    {
        await _clusters.AddNoiseAsync(megabytes: 2);
        _source.Passing = BreakOffFirstExtract;

        (await _tool.RunAsync(Apply)).Expect(0).Says("Retrying:").Says("The extract starts again, with a new file.").Answers("Arrived: repos 34 of 34");
    }

    [Fact]
    public async Task An_interrupted_extract_is_not_repeated_if_repeating_is_switched_off()
    {
        await _clusters.AddNoiseAsync(megabytes: 2);
        _source.Passing = BreakOffFirstExtract;

        var stopped = await _tool.RunAsync([.. Apply, "--retry-for", "0s"]);
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        stopped.Expect(1).Says("extract: failed").Says("pachup apply --resume");
        resumed.Expect(0).Answers("Arrived: repos 34 of 34");
    }

    [Fact]
    public async Task An_interrupted_restore_is_not_repeated()
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

    /// <summary>A number of calls of a method is answered with an error, as while etcd elects a leader.</summary>
    private static Func<PassingCall, Reply?> AnswerErrorsFrom(string method, int count)
    {
        var (hasBegun, left) = (false, count);
        return call =>
        {
            hasBegun |= call.Method == method;
            return hasBegun && left-- > 0 ? Reply.Error(Unavailable, "etcdserver: leader changed") : null;
        };
    }

    /// <summary>More bytes than a client buffers without reading.</summary>
    private static void BreakOffFirstExtract(PassingCall call) => ThrowIf(call is { Method: Extract, Number: 1, IsAnswer: true, Bytes: > 2_000_000 });

    private static void ThrowIf(bool isTime)
    {
        if (isTime)
        {
            throw new IOException("the connection is lost");
        }
    }
}
