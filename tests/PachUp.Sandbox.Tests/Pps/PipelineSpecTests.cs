using Grpc.Core;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Tests.Pps;

/// <summary>Which specs each release accepts, and how it refuses others.</summary>
public sealed class PipelineSpecTests
{
    private const string BadLabel =
        "Invalid pipeline name: it must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyValue',  or 'my_value',  or '12345')";

    private const string BadQuantity =
        "could not parse cacheSize 'many': quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private const string BadName = "name (has.dot) invalid: only alphanumeric characters, underscores, and dashes are allowed";

    [Theory]
    [InlineData("1.7.14", "has.dot", "repo " + BadName)]
    [InlineData("1.8.8", "has.dot", "repo " + BadName)]
    [InlineData("1.9.0", "has.dot", BadName)]
    [InlineData("1.9.12", "has.dot", "invalid pipeline name: " + BadName)]
    [InlineData("1.8.8", "", BadLabel)]
    [InlineData("1.8.7", "ends_", BadLabel)]
    [InlineData("1.9.12", "", "invalid pipeline spec: request.Pipeline.Name cannot be empty")]
    [InlineData("1.9.12", "_begins", "pipeline names must start with an alphanumeric character")]
    public async Task A_name_that_the_release_does_not_accept_is_refused_with_the_text_of_the_real_server(string release, string name, string words)
    {
        await using var pps = await PpsCluster.StartAsync(release);

        Assert.Equal(words, await pps.RefusalOfAsync(PpsCluster.Spec(name)));
    }

    [Theory]
    [InlineData("1.7.14", "_begins")]
    [InlineData("1.7.14", "ends_")]
    [InlineData("1.9.0", "_begins")]
    public async Task A_name_that_another_release_refuses_is_accepted(string release, string name)
    {
        await using var pps = await PpsCluster.StartAsync(release);

        await pps.Api.CreatePipelineAsync(PpsCluster.Spec(name));

        Assert.Equal(name, (await pps.InspectAsync(name)).Pipeline.Name);
    }

    public static TheoryData<string, string, CreatePipelineRequest> RefusedSpecs { get; } = new()
    {
        { "1.8.7", "malformed PodSpec", With(spec => spec.PodSpec = "{not json") },
        { "1.8.7", "malformed PodPatch", With(spec => spec.PodPatch = "{not json") },
        { "1.8.7", "HashtreeSpec.Constant must be > 0", With(spec => spec.HashtreeSpec = new HashtreeSpec()) },
        { "1.9.12", "invalid pipeline spec: HashtreeSpec.Constant must be > 0", With(spec => spec.HashtreeSpec = new HashtreeSpec()) },
        { "1.7.14", BadQuantity, With(spec => spec.CacheSize = "many") },
        { "1.8.7", "unable to parse quantity's suffix", With(spec => spec.CacheSize = "64MM") },
        { "1.8.7", "ParallelismSpec.Coefficient must be > 0", With(spec => spec.ParallelismSpec = new ParallelismSpec { Coefficient = -1 }) },
        { "1.9.12", "ParallelismSpec.Coefficient cannot be negative", With(spec => spec.ParallelismSpec = new ParallelismSpec { Coefficient = -1 }) },
        { "1.9.0", "the following service type Wrong is not allowed", With(spec => spec.Service = new Service { Type = "Wrong" }) },
        { "1.9.12", "no input set", With(spec => spec.Input = new Input()) },
        { "1.8.7", "multiple input types set", With(spec => spec.Input.Cron = new CronInput { Name = "x", Spec = "@daily" }) },
        { "1.8.7", "input must specify a glob", With(spec => spec.Input.Pfs.Glob = "") },
        { "1.8.7", "pachyderm/1.7.0/pachyderm_pfs/repos/ nosuch not found", With(spec => spec.Input.Pfs.Repo = "nosuch") },
        { "1.9.0", "/pachyderm_pfs/repos/ nosuch not found", With(spec => spec.Input.Pfs.Repo = "nosuch") },
        { "1.9.0", "error parsing cron-spec: Expected exactly 5 fields, found 2: now then", With(spec => spec.Input = Cron("now then")) },
        { "1.9.0", "error parsing cron-spec: End of range (61) above maximum (59): 61", With(spec => spec.Input = Cron("61 * * * *")) },
        { "1.9.0", "error parsing cron-spec: Unrecognized descriptor: @sometimes", With(spec => spec.Input = Cron("@sometimes")) },
    };

    [Theory]
    [MemberData(nameof(RefusedSpecs))]
    public async Task A_spec_that_the_release_does_not_accept_is_refused_with_the_text_of_the_real_server(string release, string words, CreatePipelineRequest spec)
    {
        await using var pps = await PpsCluster.StartAsync(release);

        Assert.EndsWith(words, await pps.RefusalOfAsync(spec), StringComparison.Ordinal);
    }

    public static TheoryData<string, CreatePipelineRequest> AcceptedSpecs { get; } = new()
    {
        { "1.7.14", With(spec => spec.PodSpec = "{not json") },
        { "1.7.14", With(spec => spec.HashtreeSpec = new HashtreeSpec()) },
        { "1.8.7", With(spec => spec.Input = Cron("*/5 0-6 1,15 jan-mar MON")) },
        { "1.8.7", With(spec => spec.Input = Cron("@every 1h30m")) },
        { "1.8.7", With(spec => spec.CacheSize = "1.5Gi") },
        { "1.9.12", With(spec => spec.CacheSize = "1e3") },
    };

    [Theory]
    [MemberData(nameof(AcceptedSpecs))]
    public async Task An_odd_spec_is_accepted_if_the_release_accepts_it(string release, CreatePipelineRequest spec)
    {
        await using var pps = await PpsCluster.StartAsync(release);

        await pps.Api.CreatePipelineAsync(spec);

        Assert.Equal(1ul, (await pps.InspectAsync(spec.Pipeline.Name)).Version);
    }

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.9.0")]
    public async Task A_request_without_a_pipeline_crashes_the_server(string release)
    {
        await using var pps = await PpsCluster.StartAsync(release);

        var end = await Assert.ThrowsAsync<RpcException>(async () => await pps.Api.CreatePipelineAsync(new CreatePipelineRequest()));

        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
    }

    [Theory]
    [InlineData("1.8.7", "")]
    [InlineData("1.9.0", "NodePort")]
    public async Task Defaults_are_filled_in_for_fields_that_a_client_leaves_out(string release, string serviceType)
    {
        await using var pps = await PpsCluster.StartAsync(release);

        await pps.Api.CreatePipelineAsync(With(spec => spec.Service = new Service { InternalPort = 80 }));

        var info = await pps.InspectAsync("edges");
        Assert.Equal(("master", "64M", "64M", 1, 3), (info.OutputBranch, info.CacheSize, info.ResourceRequests.Memory, info.MaxQueueSize, info.DatumTries));
        Assert.Equal(("images", "master", serviceType), (info.Input.Pfs.Name, info.Input.Pfs.Branch, info.Service.Type));
        Assert.NotEmpty(info.Salt);
    }

    private static Input Cron(string spec) => new() { Cron = new CronInput { Name = "tick", Spec = spec } };

    private static CreatePipelineRequest With(Action<CreatePipelineRequest> change)
    {
        var spec = PpsCluster.Spec("edges");
        change(spec);
        return spec;
    }
}
