using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Plugins.Pachyderm18To19.Checks;
using PachUp.Plugins.Pachyderm18To19.Rewriting;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19;

/// <summary>
/// From 1.8 to 1.9. The rules decide once what the target will hold (<see cref="MigrationDecisions"/>); what is foreseen and what is sent both
/// come from that.
/// </summary>
public sealed class Route18To19 : MigrationRoute
{
    /// <inheritdoc/>
    public override ReleaseLine From { get; } = new(1, 8);

    /// <inheritdoc/>
    public override ReleaseLine To { get; } = new(1, 9);

    /// <summary>1.8.7: earlier releases of the line have bugs that a migration would carry along.</summary>
    public override Release AtLeast { get; } = new(1, 8, 7);

    /// <inheritdoc/>
    public override ImmutableArray<ICheck> Checks { get; } =
        [new NamesCollideCheck(), new PipelinesRefusedCheck(), new OpenCommitsCheck(), new TreelessCommitsCheck(), new HandMadeOutputCheck()];

    /// <inheritdoc/>
    public override Foresight Foresee(ClusterInventory source, Release target)
    {
        var decisions = MigrationDecisions.Make(source, target);
        return new Foresight { Expected = decisions.Expected, RecomputedRepos = decisions.RecomputedRepos, Changes = decisions.Changes };
    }

    /// <inheritdoc/>
    public override IOperationRewriter CreateRewriter(ClusterInventory source, Release target) =>
        new OperationRewriter(MigrationDecisions.Make(source, target));
}
