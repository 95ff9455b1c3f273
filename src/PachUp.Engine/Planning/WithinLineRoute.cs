using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>The route from a line to itself. Nothing changes: the target holds exactly what the source holds.</summary>
/// <param name="line">The line.</param>
internal class WithinLineRoute(ReleaseLine line) : MigrationRoute
{
    public sealed override ReleaseLine From => line;

    public sealed override ReleaseLine To => line;

    public sealed override Release AtLeast => new(line.Major, line.Minor, 0);

    public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options) => new()
    {
        Inventory = source,
        ContinuedBranches = [.. source.Pipelines.SelectMany(CronPipelines.TickedBranches)],
    };

    public sealed override IOperationRewriter CreateRewriter(ClusterInventory source, Release target, MigrationOptions options) => new Unchanged();

    private sealed class Unchanged : IOperationRewriter
    {
        public IAsyncEnumerable<Operation> RewriteAsync(IAsyncEnumerable<Operation> operations, CancellationToken cancellationToken = default) => operations;
    }
}
