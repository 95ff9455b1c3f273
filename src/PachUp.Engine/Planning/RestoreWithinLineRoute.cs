using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Rewriting;
using PachUp.Rewriting.Checks;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>
/// The route of a backup from 1.9.5 or earlier into a cluster of its line. Nothing is converted. Output is computed again, and open commits cannot
/// be restored.
/// </summary>
/// <param name="line">The line.</param>
internal sealed class RestoreWithinLineRoute(ReleaseLine line) : RewritingRoute
{
    private static readonly ReleaseLine Line1_8 = new(1, 8);
    private static readonly ReleaseLine FirstWithCommitProvenance = new(1, 9);

    private static readonly NewSalts SaltsOf1_8 = new()
    {
        Why = "servers of 1.8 give every restored pipeline a new salt, even in a restore into the same release, so every datum is processed again",
    };

    /// <inheritdoc/>
    public override ReleaseLine From => line;

    /// <inheritdoc/>
    public override ReleaseLine To => line;

    /// <inheritdoc/>
    public override Release AtLeast => new(line.Major, line.Minor, 0);

    /// <inheritdoc/>
    public override ImmutableArray<ICheck> Checks { get; } =
        [new PipelinesRefusedCheck(), new OpenCommitsCheck(), new TreelessCommitsCheck(), new HandMadeOutputCheck()];

    /// <inheritdoc/>
    protected override ImmutableArray<IRule> Rules =>
    [
        new OutputRepos { FindsOldDatums = line != Line1_8 },
        new DatumTags(),
        new UnaddressableCommits(),
        new OpenCommits(),
        new TreelessCommits(),
        line < FirstWithCommitProvenance ? new NoCommitProvenance() : new CommitProvenance(),
        new SpoutBranches(),
        new DerivedHeads(),
        .. line == Line1_8 ? [SaltsOf1_8] : Array.Empty<IRule>(),
        new StoppedCronStarts(),
        new CommitDescriptions(),
        new TimesOfRestore(),
        new PipelineHistory(),
        new Jobs(),
    ];
}
