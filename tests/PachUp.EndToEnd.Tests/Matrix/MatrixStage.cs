using Microsoft.Extensions.Time.Testing;
using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.TestKit;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// The clusters of a plan, in the process of the test, so that they outlive the tool that is killed; and a directory in which the tool runs. Time
/// stands still on them: what is made at another moment is the same.
/// </summary>
internal sealed class MatrixStage : IAsyncDisposable
{
    private static readonly TimeProvider Noon = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    private readonly SandboxCluster _source;
    private readonly SandboxCluster? _target;
    private readonly IReadOnlySet<string> _ids;

    private MatrixStage(SandboxCluster source, SandboxCluster? target, IReadOnlySet<string> ids, string[] arguments) =>
        (_source, _target, _ids, Arguments) = (source, target, ids, arguments);

    /// <summary>What the source held before anything was done.</summary>
    public required string SourceBefore { get; init; }

    /// <summary>The ids of everything that it held.</summary>
    public required IReadOnlySet<string> IdsBefore { get; init; }

    /// <summary>What is typed to carry the plan out.</summary>
    public string[] Arguments { get; }

    /// <summary>Where the tool runs.</summary>
    public Tool Tool { get; } = new();

    /// <summary>How many operations came to the target again that had arrived before.</summary>
    public long Repeated => _target?.RepeatedOperations ?? 0;

    /// <summary>How many calls came to the clusters that may change something.</summary>
    public long WriteCalls => _source.WriteCalls + (_target?.WriteCalls ?? 0);

    public static async Task<MatrixStage> StartAsync(MatrixPlan plan)
    {
        var archive = Recordings.Archive(plan.SourceArchive);
        var bucket = new SandboxObjectStore();
        var source = await StartAsync(plan.Source, bucket);
        await source.FillAsync(archive);
        var before = await InventoryText.IdsOfAsync(source);
        var target = plan.HasTarget ? await StartAsync(plan.Target, bucket) : null;
        string[] addresses = ["--source", source.Address.ToString(), .. target is null ? Array.Empty<string>() : ["--target", target.Address.ToString()]];
        return new MatrixStage(source, target, await InventoryText.IdsInAsync(archive), ["apply", plan.Path, .. addresses, .. plan.Options, "--yes"])
        {
            SourceBefore = await InventoryText.OfAsync(source, before, leaveOutRestarts: true),
            IdsBefore = before,
        };
    }

    /// <summary>What the source holds, but for what starting its pipelines again has made.</summary>
    public Task<string> SourceAsync() => InventoryText.OfAsync(_source, IdsBefore, leaveOutRestarts: true);

    /// <summary>What source and target hold, as far as it is the same on every stage.</summary>
    public async Task<string> BothAsync() => await InventoryText.OfAsync(_source, _ids) + (_target is null ? "" : "\ntarget\n" + await InventoryText.OfAsync(_target, _ids));

    public async ValueTask DisposeAsync()
    {
        Tool.Dispose();
        await _source.DisposeAsync();
        if (_target is not null)
        {
            await _target.DisposeAsync();
        }
    }

    private static Task<SandboxCluster> StartAsync(Release release, SandboxObjectStore bucket) =>
        SandboxCluster.StartAsync(new SandboxOptions { Release = release, ObjectStore = bucket, TimeProvider = Noon });
}
