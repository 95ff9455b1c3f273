using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Rewriting;
using PachUp.Rewriting.Checks;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace Acme.Pair;

/// <summary>
/// From 1.9 to 1.10. The rules decide both what is sent and what is expected, so the verification compares exactly.
/// Try the route between real servers of both lines before you use it.
/// </summary>
public sealed class Route19To110 : RewritingRoute
{
    public override ReleaseLine From { get; } = new(1, 9);

    public override ReleaseLine To { get; } = new(1, 10);

    /// <summary>The oldest release that the route starts from.</summary>
    public override Release AtLeast { get; } = Release.Parse("1.9.0");

    /// <summary>The newest operations that PachUp writes. Later servers take them too.</summary>
    public override OperationGeneration GenerationFor(Release target) => OperationGeneration.V1_9;

    /// <summary>What is asked of every migration on this route before anything changes.</summary>
    public override ImmutableArray<ICheck> Checks { get; } =
        [new NamesCollideCheck(), new PipelinesRefusedCheck(), new OpenCommitsCheck(), new TreelessCommitsCheck(), new HandMadeOutputCheck(), new OutputsKeptCheck()];

    /// <summary>What is left out or changed before it is sent. Each rule says in its own file what it is about; remove those that do not hold, and add your own.</summary>
    protected override ImmutableArray<IRule> Rules { get; } =
    [
        new KeptOutputs(otherwise: new OutputRepos()),
        new DatumTags(),
        new UnaddressableCommits(),
        new OpenCommits(),
        new TreelessCommits(),
        new CommitProvenance(),
        new SpoutBranches(),
        new KeptOutputBranches(),
        new DerivedHeads(),
        new RetiredFields(),
        new StoppedCronStarts(),
        new AllowedNames(),
        new CommitDescriptions(),
        new TimesOfRestore(),
        new PipelineHistory(),
        new Jobs(),
    ];

    /// <summary>What the server of the target itself changes in what it is sent.</summary>
    protected override ImmutableArray<IRule> ServerRules { get; } = [new ConvertedSizes()];
}
