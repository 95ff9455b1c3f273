using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Rewriting;
using PachUp.Rewriting.Checks;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace Acme.Freeze;

/// <summary>
/// From 1.9 to 1.10, as a list of rules: what is foreseen and what is sent both come from them, so that verification can be exact.
/// A start, to be tried against servers of both lines before it is used: PachUp has recordings of 1.7 to 1.9 only.
/// </summary>
public sealed class Route19To110 : RewritingRoute
{
    public override ReleaseLine From { get; } = new(1, 9);

    public override ReleaseLine To { get; } = new(1, 10);

    public override Release AtLeast { get; } = new(1, 9, 0);

    /// <summary>Those of 1.9, which servers of 1.10 take as well.</summary>
    public override OperationGeneration GenerationFor(Release target) => OperationGeneration.V1_9;

    public override ImmutableArray<ICheck> Checks { get; } =
        [new PipelinesRefusedCheck(), new OpenCommitsCheck(), new TreelessCommitsCheck(), new HandMadeOutputCheck()];

    /// <summary>Each says in its own file what it is about. Take out what does not hold for your lines, and add what does.</summary>
    protected override ImmutableArray<IRule> Rules { get; } =
    [
        new OutputRepos(),
        new UnaddressableCommits(),
        new OpenCommits(),
        new TreelessCommits(),
        new CommitProvenance(),
        new SpoutBranches(),
        new DerivedHeads(),
        new RetiredFields(),
        new DescriptionNote(),
        new CommitDescriptions(),
        new TimesOfRestore(),
        new Jobs(),
    ];

    /// <summary>What the server of the target itself changes in what it is sent.</summary>
    protected override ImmutableArray<IRule> ServerRules { get; } = [new ConvertedSizes()];
}
