using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Rewriting;
using PachUp.Rewriting.Checks;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm112To113;

/// <summary>
/// From 1.12 to 1.13. Every operation is sent unchanged as an operation of 1.13: the servers' own conversion drops fields of pipelines, the times and the
/// origin of commits, and stops at <c>join</c> and <c>group</c> inputs. The triggers of branches, which no stream contains, are added.
/// </summary>
public sealed class Route112To113 : RewritingRoute
{
    /// <inheritdoc/>
    public override ReleaseLine From { get; } = new(1, 12);

    /// <inheritdoc/>
    public override ReleaseLine To { get; } = new(1, 13);

    /// <summary>1.12.5, the latest point release: only its stream was seen to arrive complete.</summary>
    public override Release AtLeast { get; } = new(1, 12, 5);

    /// <inheritdoc/>
    public override ImmutableArray<ICheck> Checks { get; } =
        [new CommunityLimitsCheck(), new ContextsCheck(), new PipelinesRefusedCheck(), new OpenCommitsCheck()];

    /// <inheritdoc/>
    protected override bool CarriesWholeStream => true;

    /// <inheritdoc/>
    protected override ImmutableArray<IRule> Rules { get; } =
    [
        new CarriedOutputs(),
        new OpenCommits(),
        new CommitProvenance { SpecsTravel = true },
        new DerivedHeads(),
        new CommitDescriptions(),
        new BranchesOfCommits(),
        new TimesOfRestore { KeepsThoseOfCommits = true },
        new RestoredJobs(),
    ];
}
