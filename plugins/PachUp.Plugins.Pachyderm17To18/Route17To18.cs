using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Rewriting;
using PachUp.Rewriting.Checks;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm17To18;

/// <summary>
/// From 1.7 to 1.8. The operations stay those of 1.7, since only the server can convert the trees of commits; it converts everything else on the
/// way, which the server's rules foresee.
/// </summary>
public sealed class Route17To18 : RewritingRoute
{
    /// <inheritdoc/>
    public override ReleaseLine From { get; } = new(1, 7);

    /// <inheritdoc/>
    public override ReleaseLine To { get; } = new(1, 8);

    /// <summary>1.7.14, the last of its line: Pachyderm's own procedure starts from it.</summary>
    public override Release AtLeast { get; } = new(1, 7, 14);

    /// <inheritdoc/>
    public override ImmutableArray<ICheck> Checks { get; } =
    [
        new ObjectsTravelCheck(), new TreesConvertedCheck(), new PipelinesRefusedCheck(), new OpenCommitsCheck(), new TreelessCommitsCheck(),
        new HeadersCheck(), new HandMadeOutputCheck(), new OutputsKeptCheck(),
    ];

    /// <inheritdoc/>
    public override OperationGeneration GenerationFor(Release target) => OperationGeneration.V1_7;

    /// <inheritdoc/>
    protected override ImmutableArray<IRule> Rules { get; } =
    [
        new OutputRepos { FindsOldDatums = false },
        new DatumTags(),
        new UnaddressableCommits(),
        new OpenCommits(),
        new TreelessCommits(),
        new NoCommitProvenance(),
        new DerivedHeads(),
        new NewSalts(),
        new StoppedCronStarts(),
        new TickForms(),
        new CommitDescriptions(),
        new TimesOfRestore(),
        new PipelineHistory(),
        new Jobs(),
    ];

    /// <inheritdoc/>
    protected override ImmutableArray<IRule> ServerRules { get; } =
    [
        new ConvertedTrees(),
        new HeadersAndFooters(),
        new RepoSizes(),
        new AtomInputs(),
        new GpuRequests(),
        new IncrementalPipelines(),
    ];
}
