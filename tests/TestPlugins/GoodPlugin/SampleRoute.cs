using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace GoodPlugin;

/// <summary>Leads between two lines and changes nothing on the way.</summary>
public sealed class SampleRoute : MigrationRoute
{
    public override ReleaseLine From => new(1, 5);

    public override ReleaseLine To => new(1, 6);

    public override Release AtLeast => new(1, 10, 5);

    public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options) => new() { Inventory = source };

    public override IOperationRewriter CreateRewriter(ClusterInventory source, Release target, MigrationOptions options) => new Unchanged();

    private sealed class Unchanged : IOperationRewriter
    {
        public IAsyncEnumerable<Operation> RewriteAsync(IAsyncEnumerable<Operation> operations, CancellationToken cancellationToken = default) => operations;
    }
}
