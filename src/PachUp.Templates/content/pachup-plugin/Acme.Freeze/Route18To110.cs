using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Rewriting;
using PachUp.Rewriting.Checks;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace Acme.Freeze;

/// <summary>
/// From 1.8 to 1.10, as a list of rules. The prediction and the sent operations both come from them, so verification can be exact.
/// This is only a start: test it against servers of both lines before you use it.
/// </summary>
public sealed class Route18To110 : RewritingRoute
{
    public override ReleaseLine From { get; } = new(1, 8);

    public override ReleaseLine To { get; } = new(1, 10);

    public override Release AtLeast { get; } = new(1, 8, 7);

    /// <summary>The operations of 1.9: servers of 1.10 crash on objects in their own generation.</summary>
    public override OperationGeneration GenerationFor(Release target) => OperationGeneration.V1_9;

    public override ImmutableArray<ICheck> Checks { get; } =
        [new PipelinesRefusedCheck(), new OpenCommitsCheck(), new TreelessCommitsCheck(), new HandMadeOutputCheck()];

    /// <summary>The file of each rule explains it. Remove rules that do not apply to your lines, and add those that do.</summary>
    protected override ImmutableArray<IRule> Rules { get; } =
    [
        new OutputRepos(),
        new UnaddressableCommits(),
        new OpenCommits(),
        new TreelessCommits(),
        new CommitProvenance(),
        new SpoutBranches(),
        new DerivedHeads(),
        new AtomInputs(),
        new ServiceTypes(),
        new RetiredFields(),
        new DescriptionNote(),
        new CommitDescriptions(),
        new TimesOfRestore(),
        new Jobs(),
    ];

    /// <summary>The changes that the target's server itself makes.</summary>
    protected override ImmutableArray<IRule> ServerRules { get; } = [new ConvertedSizes()];
}
