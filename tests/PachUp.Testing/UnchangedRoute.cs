using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Testing;

/// <summary>A way from 1.8 to 1.9 on which nothing is changed.</summary>
public class UnchangedRoute : MigrationRoute
{
    public override ReleaseLine From => new(1, 8);

    public override ReleaseLine To => new(1, 9);

    public override Release AtLeast => new(1, 8, 7);

    public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options) => new() { Inventory = source };

    public override IOperationRewriter CreateRewriter(ClusterInventory source, Release target, MigrationOptions options) => new Unchanged();

    private sealed class Unchanged : IOperationRewriter
    {
        public IAsyncEnumerable<Operation> RewriteAsync(IAsyncEnumerable<Operation> operations, CancellationToken cancellationToken = default) => operations;
    }
}
