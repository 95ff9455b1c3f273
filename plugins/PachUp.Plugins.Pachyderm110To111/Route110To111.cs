using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Rewriting;
using PachUp.Rewriting.Checks;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm110To111;

/// <summary>
/// From 1.10 to 1.11. Every operation is sent unchanged as an operation of 1.11: the servers' own conversion drops fields of pipelines and the times of
/// commits, stops at <c>join</c> inputs, and crashes on blocks. The origin of commits, which streams of 1.10 do not contain, is added.
/// </summary>
public sealed class Route110To111 : RewritingRoute
{
    /// <inheritdoc/>
    public override ReleaseLine From { get; } = new(1, 10);

    /// <inheritdoc/>
    public override ReleaseLine To { get; } = new(1, 11);

    /// <summary>1.10.5, the latest point release: only its stream was seen to arrive complete.</summary>
    public override Release AtLeast { get; } = new(1, 10, 5);

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
