using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Rewriting;
using PachUp.Rewriting.Checks;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm17To18;

/// <summary>
/// A route that leaves 1.7. Its operations stay those of 1.7, because only a server can convert the trees of commits; the server converts everything
/// else of them too. A pair says what its line of targets does beyond that.
/// </summary>
public abstract class RouteFrom17 : RewritingRoute
{
    /// <summary>Creates the route.</summary>
    /// <param name="target">What is different between the lines that 1.7 can be left for.</param>
    protected RouteFrom17(RulesOfTarget target)
    {
        Checks =
        [
            new ObjectsTravelCheck(), .. target.Checks, new PipelinesRefusedCheck(), new OpenCommitsCheck(), new TreelessCommitsCheck(), new HeadersCheck(),
            new HandMadeOutputCheck(), new OutputsKeptCheck(),
        ];
        Rules =
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
            .. target.Names,
            new CommitDescriptions(),
            new TimesOfRestore(),
            new PipelineHistory(),
            new Jobs(),
        ];
        ServerRules =
        [
            new ConvertedTrees(),
            new HeadersAndFooters(),
            .. target.Sizes,
            new RepoSizes(),
            new AtomInputs(),
            new GpuRequests(),
            new IncrementalPipelines(),
            .. target.Fields,
        ];
    }

    /// <inheritdoc/>
    public sealed override ReleaseLine From { get; } = new(1, 7);

    /// <summary>1.7.14, the last of its line: Pachyderm's own procedure starts from it.</summary>
    public sealed override Release AtLeast { get; } = new(1, 7, 14);

    /// <inheritdoc/>
    public sealed override ImmutableArray<ICheck> Checks { get; }

    /// <inheritdoc/>
    protected sealed override ImmutableArray<IRule> Rules { get; }

    /// <inheritdoc/>
    protected sealed override ImmutableArray<IRule> ServerRules { get; }

    /// <inheritdoc/>
    public sealed override OperationGeneration GenerationFor(Release target) => OperationGeneration.V1_7;

    /// <summary>What a line of targets does beyond what all of them do with operations of 1.7.</summary>
    protected sealed record RulesOfTarget
    {
        /// <summary>Checks that this line needs.</summary>
        public ImmutableArray<ICheck> Checks { get; init; } = [];

        /// <summary>Which names this line does not take.</summary>
        public ImmutableArray<IRule> Names { get; init; } = [];

        /// <summary>Which sizes its server shows differently.</summary>
        public ImmutableArray<IRule> Sizes { get; init; } = [];

        /// <summary>Which fields of pipelines its server converts or drops.</summary>
        public ImmutableArray<IRule> Fields { get; init; } = [];
    }
}
