using PachUp.Engine.Planning;
using PachUp.Sandbox;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// Two clusters at two addresses. They share a bucket, except in plans that send the objects: there the target has its own bucket.
/// </summary>
internal sealed class PairEnvironment : MatrixEnvironment
{
    private readonly FilledSource _source;
    private readonly SandboxCluster _target;

    private PairEnvironment(FilledSource source, SandboxCluster target) => (_source, _target) = (source, target);

    public override Task<long> CountRepeatedAsync() => Task.FromResult(_target.RepeatedOperations);

    public static async Task<PairEnvironment> BuildAsync(MatrixPlan plan)
    {
        var bucket = new SandboxObjectStore();
        var source = await FilledSource.FillAsync(await StartClusterAsync(plan, plan.Source, bucket), plan.SourceArchive);
        var target = await StartClusterAsync(plan, plan.Target, plan.Document.CarriesObjects() ? null : bucket);
        return new PairEnvironment(source, target)
        {
            Arguments =
            [
                "apply", plan.Path,
                "--source", source.Cluster.Address.ToString(), .. plan.PeerOf("source", source.Cluster.PeerAddress),
                "--target", target.Address.ToString(), .. plan.PeerOf("target", target.PeerAddress),
                .. plan.Options, "--yes",
            ],
        };
    }

    public override Task<string> SourceAsync() => _source.WithoutRestartsAsync();

    public override async Task<string> EverythingAsync() =>
        $"{await _source.DescribeAsync()}\ntarget\n{await InventoryText.OfAsync(_target, _source.KnownIds)}";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _source.DisposeAsync();
        await _target.DisposeAsync();
    }
}
