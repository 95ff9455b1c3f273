using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace UnfitPlugin;

/// <summary>A route that is as it should be, but for what is overridden.</summary>
public abstract class UnfitRoute(ReleaseLine from, ReleaseLine to) : MigrationRoute
{
    private readonly SoundRoute _sound = new(from, to);

    public override ReleaseLine From { get; } = from;

    public override ReleaseLine To { get; } = to;

    public override Release AtLeast { get; } = from.Minor == 7 ? new Release(1, 7, 14) : new Release(1, 8, 7);

    public override OperationGeneration GenerationFor(Release target) => _sound.GenerationFor(target);

    public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options) => _sound.PredictTarget(source, target, options);

    public override IOperationRewriter CreateRewriter(ClusterInventory source, Release target, MigrationOptions options) =>
        new Changed(this, _sound.CreateRewriter(source, target, options));

    protected abstract IAsyncEnumerable<Operation> ChangeAsync(IAsyncEnumerable<Operation> operations, CancellationToken cancellationToken);

    private sealed class Changed(UnfitRoute route, IOperationRewriter sound) : IOperationRewriter
    {
        public IAsyncEnumerable<Operation> RewriteAsync(IAsyncEnumerable<Operation> operations, CancellationToken cancellationToken = default) =>
            route.ChangeAsync(sound.RewriteAsync(operations, cancellationToken), cancellationToken);
    }

    private sealed class SoundRoute(ReleaseLine from, ReleaseLine to) : RewritingRoute
    {
        public override ReleaseLine From => from;

        public override ReleaseLine To => to;

        public override Release AtLeast => new(from.Major, from.Minor, 0);

        protected override ImmutableArray<IRule> Rules { get; } =
            [new OutputRepos(), new OpenCommits(), new CommitProvenance(), new AllowedNames(), new CommitDescriptions(), new TimesOfRestore(), new Jobs()];
    }
}

/// <summary>Loses the last commit that it is given, and its branch ends there.</summary>
public sealed class LossyRoute() : UnfitRoute(new ReleaseLine(1, 8), new ReleaseLine(1, 9))
{
    protected override async IAsyncEnumerable<Operation> ChangeAsync(
        IAsyncEnumerable<Operation> operations, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var operation in operations.WithCancellation(cancellationToken))
        {
            if (operation.Kind != OperationKind.Commit)
            {
                yield return operation;
            }
        }
    }
}

/// <summary>Leaves a repo out and says nothing about it, and sends the objects last.</summary>
public sealed class SilentRoute(ReleaseLine from, ReleaseLine to) : UnfitRoute(from, to)
{
    public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options)
    {
        var expectedTarget = base.PredictTarget(source, target, options);
        return expectedTarget with { Inventory = expectedTarget.Inventory with { Repos = [.. expectedTarget.Inventory.Repos.Where(repo => repo.Name != "images")] } };
    }

    protected override async IAsyncEnumerable<Operation> ChangeAsync(
        IAsyncEnumerable<Operation> operations, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var objects = new List<Operation>();
        await foreach (var operation in operations.WithCancellation(cancellationToken))
        {
            if (operation.Kind == OperationKind.Object)
            {
                objects.Add(operation);
            }
            else
            {
                yield return operation;
            }
        }

        foreach (var operation in objects)
        {
            yield return operation;
        }
    }
}

/// <summary>Counts all that comes before it lets the first go on.</summary>
public sealed class BufferingRoute() : UnfitRoute(new ReleaseLine(1, 7), new ReleaseLine(1, 9))
{
    protected override async IAsyncEnumerable<Operation> ChangeAsync(
        IAsyncEnumerable<Operation> operations, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var operation in await operations.ToListAsync(cancellationToken))
        {
            yield return operation;
        }
    }
}
