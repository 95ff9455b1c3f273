using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Rewriting;
using PachUp.Rewriting.Checks;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19;

/// <summary>From 1.8 to 1.9. It sends operations of 1.9, because the servers' own conversion drops salts and fields of pipelines.</summary>
public sealed class Route18To19 : RewritingRoute
{
    /// <inheritdoc/>
    public override ReleaseLine From { get; } = new(1, 8);

    /// <inheritdoc/>
    public override ReleaseLine To { get; } = new(1, 9);

    /// <summary>1.8.7: earlier releases of the line have bugs whose effects a migration would keep.</summary>
    public override Release AtLeast { get; } = new(1, 8, 7);

    /// <inheritdoc/>
    public override ImmutableArray<ICheck> Checks { get; } =
    [
        new NamesCollideCheck(), new PipelinesRefusedCheck(), new OpenCommitsCheck(), new TreelessCommitsCheck(), new HandMadeOutputCheck(),
        new OutputsKeptCheck(),
    ];

    /// <inheritdoc/>
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
}
