using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Rewriting;
using PachUp.Rewriting.Checks;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm111To112;

/// <summary>
/// From 1.11 to 1.12. Every operation is sent unchanged as an operation of 1.12: the servers' own conversion drops fields of pipelines, the times and the
/// origin of commits, and stops at <c>join</c> inputs.
/// </summary>
public sealed class Route111To112 : RewritingRoute
{
    /// <inheritdoc/>
    public override ReleaseLine From { get; } = new(1, 11);

    /// <inheritdoc/>
    public override ReleaseLine To { get; } = new(1, 12);

    /// <summary>1.11.9, the latest point release: only its stream was seen to arrive complete.</summary>
    public override Release AtLeast { get; } = new(1, 11, 9);

    /// <inheritdoc/>
    public override ImmutableArray<ICheck> Checks { get; } = [new ContextsCheck(), new PipelinesRefusedCheck(), new OpenCommitsCheck()];

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
