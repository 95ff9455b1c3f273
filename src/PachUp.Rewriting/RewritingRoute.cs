using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Streams;
using PachUp.Sdk;

namespace PachUp.Rewriting;

/// <summary>
/// A route that is a list of rules. A plugin lists the rules of its pair in their order. The prediction and the sent operations come from the same
/// decisions, so verification can be exact. In detail:
/// <list type="number">
/// <item>The <see cref="Rules"/> change a <see cref="Draft"/>, which starts as the source, into what is sent, and announce every change.</item>
/// <item>The <see cref="ServerRules"/> change it further into what the target makes of it.</item>
/// <item>
/// The rewriter takes the order from the source's stream and the content from the draft: it adds fields of pipelines and repos that the extract
/// leaves out, and does not send what the rules removed.
/// </item>
/// </list>
/// <see cref="Rewriting.Rules"/> contains rules that most pairs need. For your own rules, implement <see cref="IRule"/> or derive from
/// <see cref="PipelineRule"/>.
/// </summary>
public abstract class RewritingRoute : MigrationRoute
{
    /// <summary>
    /// The rules for what is left out or changed before it is sent, in this order. Rules see the names of the source. A rule that renames comes after
    /// all rules that look up something by name.
    /// </summary>
    protected abstract ImmutableArray<IRule> Rules { get; }

    /// <summary>The changes that the target's server itself makes, for example when it converts operations of an older generation.</summary>
    protected virtual ImmutableArray<IRule> ServerRules => [];

    /// <summary>
    /// Whether the stream of the source contains everything, as that of 1.9.6 and later does. Then every operation is sent in its place with its content, and
    /// the rules only decide what is left out. Default: no.
    /// </summary>
    protected virtual bool CarriesWholeStream => false;

    /// <inheritdoc/>
    public sealed override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options)
    {
        var decisions = Decide(source, target, options);
        return new ExpectedTarget
        {
            Inventory = decisions.Expected,
            RecomputedRepos = decisions.RecomputedRepos,
            ContinuedBranches = decisions.ContinuedBranches,
            Changes = decisions.Changes,
            Comparison = decisions.Comparison,
        };
    }

    /// <inheritdoc/>
    public sealed override IOperationRewriter CreateRewriter(ClusterInventory source, Release target, MigrationOptions options) =>
        CarriesWholeStream ? new WholeStreamRewriter(Decide(source, target, options)) : new OperationRewriter(Decide(source, target, options));

    private MigrationDecisions Decide(ClusterInventory source, Release target, MigrationOptions options)
    {
        var sent = Rules.Aggregate(Draft.Of(source, target, options), (draft, rule) => rule.Apply(draft));
        var arrived = ServerRules.Aggregate(sent, (draft, rule) => rule.Apply(draft));
        return new MigrationDecisions { Sent = sent, Arrived = arrived, Generation = GenerationFor(target) };
    }
}
