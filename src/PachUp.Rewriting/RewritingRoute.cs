using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Streams;
using PachUp.Sdk;

namespace PachUp.Rewriting;

/// <summary>
/// A route that is a list of rules. A plugin names the rules of its pair, in their order, and needs nothing else: what is foreseen and what is
/// sent both come from the same decisions, so that verification can be exact. In detail:
/// <list type="number">
/// <item>The <see cref="Rules"/> edit a <see cref="Draft"/>, which begins as the source, into what is sent, and announce every change.</item>
/// <item>The <see cref="ServerRules"/> edit it further into what the target makes of that.</item>
/// <item>
/// The rewriter takes the order from the stream of the source and the content from what is sent: fields of pipelines that the extract leaves
/// out come from the listing, repos that it leaves out are added, and what was taken out of the draft is not sent.
/// </item>
/// </list>
/// Rules that most pairs need are in <see cref="Rewriting.Rules"/>; one of your own implements <see cref="IRule"/> or derives from
/// <see cref="PipelineRule"/>.
/// </summary>
public abstract class RewritingRoute : MigrationRoute
{
    /// <summary>
    /// What is left out or changed before it is sent, in this order. Rules see names as they are on the source; one that renames comes after all
    /// that look something up by name.
    /// </summary>
    protected abstract ImmutableArray<IRule> Rules { get; }

    /// <summary>What the target's server itself changes in what it is sent, such as the operations of an older generation.</summary>
    protected virtual ImmutableArray<IRule> ServerRules => [];

    /// <inheritdoc/>
    public sealed override Foresight Foresee(ClusterInventory source, Release target, MigrationOptions options)
    {
        var decisions = Decide(source, target, options);
        return new Foresight
        {
            Expected = decisions.Expected,
            RecomputedRepos = decisions.RecomputedRepos,
            ContinuedBranches = decisions.ContinuedBranches,
            Changes = decisions.Changes,
            Comparison = decisions.Comparison,
        };
    }

    /// <inheritdoc/>
    public sealed override IOperationRewriter CreateRewriter(ClusterInventory source, Release target, MigrationOptions options) =>
        new OperationRewriter(Decide(source, target, options));

    private MigrationDecisions Decide(ClusterInventory source, Release target, MigrationOptions options)
    {
        var sent = Rules.Aggregate(Draft.Of(source, target, options), (draft, rule) => rule.Apply(draft));
        var arrived = ServerRules.Aggregate(sent, (draft, rule) => rule.Apply(draft));
        return new MigrationDecisions { Sent = sent, Arrived = arrived, Generation = GenerationFor(target) };
    }
}
