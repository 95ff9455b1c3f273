using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Rewriting;
using PachUp.Rewriting.Checks;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm17To19;

/// <summary>
/// From 1.7 to 1.9 without 1.8 between: a 1.9 server converts operations of 1.7, trees and all. It renames inputs of pipelines itself and branches
/// not, so branches are renamed before they are sent.
/// </summary>
public sealed class Route17To19 : RewritingRoute
{
    /// <inheritdoc/>
    public override ReleaseLine From { get; } = new(1, 7);

    /// <inheritdoc/>
    public override ReleaseLine To { get; } = new(1, 9);

    /// <summary>1.7.14, the last of its line: Pachyderm's own procedure starts from it.</summary>
    public override Release AtLeast { get; } = new(1, 7, 14);

    /// <inheritdoc/>
    public override ImmutableArray<ICheck> Checks { get; } =
    [
        new ObjectsTravelCheck(), new NamesCollideCheck(), new PipelinesRefusedCheck(), new OpenCommitsCheck(), new TreelessCommitsCheck(),
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
        new AllowedNames(),
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
        new ConvertedSizes(),
        new RepoSizes(),
        new AtomInputs(),
        new GpuRequests(),
        new IncrementalPipelines(),
        new ServiceTypes(),
        new RetiredFields(),
    ];
}
