using System.Net;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Plugins.Buckets.Copying;
using PachUp.Plugins.Buckets.Tests.Running;
using PachUp.Plugins.Buckets.Tests.Stores;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Plugins.Buckets.Tests.Copying;

/// <summary>What stores answer when something is wrong, and what the user reads.</summary>
public sealed class BadStoreTests : IDisposable
{
    private const string Secret = "a-very-secret-key";

    private readonly SmallStore _store = new();
    private readonly TemporaryFolder _folder = new();

    public BadStoreTests()
    {
        _store.Put("old", "pach/object/aa", "object a");
        _store.Put("old", "pach/block/b1", "block 1");
        _store.Buckets.Add("new");
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [RcloneFact]
    public async Task A_bucket_that_does_not_exist_is_named()
    {
        var failure = await FailAsync(Arguments() with { To = _store.Location("nowhere") });

        Assert.StartsWith("the target's bucket s3://nowhere at ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("it does not exist", failure.Message, StringComparison.Ordinal);
        Assert.Equal("Create it, or correct the location.", failure.Remedy);
        Assert.DoesNotContain(_store.Calls, call => call == "PUT /nowhere");
    }

    [RcloneFact]
    public async Task A_source_that_may_not_be_listed_is_named()
    {
        _store.Fail = call => call.RawUrl!.StartsWith("/old?", StringComparison.Ordinal) ? (403, "AccessDenied", "Access Denied") : null;

        var failure = await FailAsync(Arguments());

        Assert.StartsWith("the source's bucket s3://old", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("access is denied", failure.Message, StringComparison.Ordinal);
        Assert.Contains("s3:ListBucket", failure.Remedy, StringComparison.Ordinal);
    }

    [RcloneFact]
    public async Task A_target_that_may_not_be_written_is_named_with_the_key()
    {
        _store.Fail = call => IsPut(call) ? (403, "AccessDenied", "Access Denied") : null;

        var failure = await FailAsync(Arguments());

        Assert.Contains(", key ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("access is denied", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, $"{failure.Message} {failure.Remedy} {string.Join(' ', failure.Details)}", StringComparison.Ordinal);
    }

    [RcloneFact]
    public async Task Another_region_is_told_from_a_lack_of_permission()
    {
        _store.Fail = _ => (400, "AuthorizationHeaderMalformed", "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'");

        var failure = await FailAsync(Arguments());

        Assert.EndsWith("it is in another region", failure.Message, StringComparison.Ordinal);
        Assert.Contains(failure.Details, detail => detail.Contains("expecting 'eu-west-1'", StringComparison.Ordinal));
    }

    [RcloneFact]
    public async Task Credentials_that_expire_in_the_middle_stop_the_copy_and_a_resumed_run_goes_on()
    {
        for (var number = 0; number < 20; number++)
        {
            _store.Put("old", $"pach/block/more{number}", "more");
        }

        var puts = 0;
        _store.Fail = call => IsPut(call) && Interlocked.Increment(ref puts) > 5 ? (400, "ExpiredToken", "The provided token has expired.") : null;
        var execution = Execution();
        var failure = await FailAsync(Arguments(), execution);
        _store.Fail = _ => null;

        var result = await new CopyStep().ExecuteAsync(Arguments(), execution, CancellationToken.None);

        Assert.EndsWith("the credentials have expired", failure.Message, StringComparison.Ordinal);
        Assert.Equal("Renew them, then resume the run: the copy goes on.", failure.Remedy);
        Assert.StartsWith("Copied 17 keys", result.Summary, StringComparison.Ordinal);
        Assert.Equal(22, _store.Objects.Keys.Count(key => key.StartsWith("new/", StringComparison.Ordinal)));
    }

    [RcloneFact]
    public async Task A_store_that_asks_to_slow_down_for_a_moment_is_asked_again()
    {
        var calls = 0;
        _store.Fail = call => IsPut(call) && Interlocked.Increment(ref calls) <= 2 ? (503, "SlowDown", "Please reduce your request rate.") : null;

        var result = await new CopyStep().ExecuteAsync(Arguments(), Execution(), CancellationToken.None);

        Assert.StartsWith("Copied 2 keys", result.Summary, StringComparison.Ordinal);
        Assert.True(calls > 2);
    }

    [RcloneFact]
    public async Task The_bucket_of_another_cluster_is_refused_before_anything_is_written()
    {
        for (var number = 0; number < 60; number++)
        {
            _store.Put("new", $"pach/object/other{number:00}", "other");
        }

        var failure = await FailAsync(Arguments());

        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.Contains("has 60 keys that s3://old/pach", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_store.Calls, call => call.StartsWith("PUT", StringComparison.Ordinal));
    }

    [RcloneFact]
    public async Task A_key_with_another_size_is_refused_and_named()
    {
        _store.Put("new", "pach/block/b1", "another block");

        var failure = await FailAsync(Arguments());

        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.EndsWith("block/b1 (13 B instead of 7 B)", failure.Message, StringComparison.Ordinal);
        Assert.Equal("another block", System.Text.Encoding.UTF8.GetString(_store.Objects["new/pach/block/b1"]));
    }

    [RcloneFact]
    public async Task A_bucket_without_objects_of_pachd_is_refused()
    {
        _store.Put("empty", "logs/today", "log");

        var failure = await FailAsync(Arguments() with { From = _store.Location("empty") });

        Assert.Equal($"the source's bucket s3://empty at {_store.Address} has no objects of pachd: neither object/ nor pach/object/", failure.Message);
    }

    private Task<StepFailedException> FailAsync(CopyArguments arguments, StandInExecution? execution = null) =>
        Assert.ThrowsAsync<StepFailedException>(() => new CopyStep().ExecuteAsync(arguments, execution ?? Execution(), CancellationToken.None));

    private static bool IsPut(HttpListenerRequest call) => call.HttpMethod == "PUT";

    private CopyArguments Arguments() => new()
    {
        From = _store.Location("old"),
        To = _store.Location("new"),
        FromKey = "reader",
        FromSecret = Secret,
        ToKey = "writer",
        ToSecret = Secret,
    };

    private StandInExecution Execution() =>
        StandInExecution.Of(new ClusterInventory { Release = new Release(1, 8, 7), ClusterId = "c" }) with
        {
            TargetRelease = new Release(1, 9, 0),
            RunDirectory = _folder.Path,
        };
}
