using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Rewriting;
using PachUp.Rewriting.Checks;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace Acme.Pair;

/// <summary>
/// The route from 1.8 to 1.10. The same rules decide what is sent to the target and what the verification expects there.
/// Try the route between real servers of both lines before you use it. Streams of 1.9.6 and later contain everything: for such a source, override
/// <c>CarriesWholeStream</c>, use <c>CarriedOutputs</c> and remove the rules about output.
/// </summary>
public sealed class Route18To110 : RewritingRoute
{
    public override ReleaseLine From { get; } = new(1, 8);

    public override ReleaseLine To { get; } = new(1, 10);

    /// <summary>The oldest release of the source that the route accepts.</summary>
    public override Release AtLeast { get; } = Release.Parse("1.8.0");

    /// <summary>The generation in which every later server accepts objects. Servers of 1.10 and later crash on objects in their own generation.</summary>
    public override OperationGeneration GenerationFor(Release target) => OperationGeneration.V1_9;

    /// <summary>The checks of this route. They run before anything is changed.</summary>
    public override ImmutableArray<ICheck> Checks { get; } =
        [new NamesCollideCheck(), new PipelinesRefusedCheck(), new OpenCommitsCheck(), new TreelessCommitsCheck(), new HandMadeOutputCheck(), new OutputsKeptCheck()];

    /// <summary>What PachUp leaves out or changes before it sends the operations. Remove the rules that do not fit your lines, and add your own.</summary>
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
        new AtomInputs(),
        new ServiceTypes(),
        new RetiredFields(),
        new StoppedCronStarts(),
        new AllowedNames(),
        new CommitDescriptions(),
        new TimesOfRestore(),
        new PipelineHistory(),
        new Jobs(),
    ];

    /// <summary>What the server of the target changes itself when it receives the operations.</summary>
    protected override ImmutableArray<IRule> ServerRules { get; } = [new ConvertedSizes()];
}
