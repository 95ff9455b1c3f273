using PachUp.Pachyderm;
using PachUp.Sandbox.Server.Metadata;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server;

/// <summary>What servers do differently from release to release, beyond what their clients have to know (<see cref="ReleaseTraits"/>).</summary>
internal sealed record ServerTraits
{
    private static readonly ReleaseLine V1_8 = new(1, 8);
    private static readonly ReleaseLine V1_9 = new(1, 9);

    public required ReleaseTraits Release { get; init; }

    /// <summary>How errors name repos, commits and branches.</summary>
    public required KeyTexts PfsKeys { get; init; }

    /// <summary>How errors name pipelines and jobs.</summary>
    public required KeyTexts PpsKeys { get; init; }

    /// <summary>Whether a commit's files are one message (1.7) and not pairs of keys and values.</summary>
    public bool KeepsTreesAsMessage { get; init; }

    /// <summary>Whether a commit says on which branch it was made, by whom, and of which branches its provenance is: from 1.9 on.</summary>
    public bool KnowsBranchOfCommit { get; init; }

    /// <summary>Whether a repo that is updated and is not there is made: from 1.8 on.</summary>
    public bool UpdateCreatesRepo { get; init; }

    /// <summary>Whether the size of a repo is that of the head of its branch master (from 1.8 on) and not of all that was ever put into it.</summary>
    public bool RepoSizeIsMasterSize { get; init; }

    /// <summary>Whether requests are looked at for missing parts before these are followed: in 1.9.6 and later.</summary>
    public bool ChecksRequests { get; init; }

    /// <summary>Whether branches and commits of all repos can be listed, and branches of a repo that is not there cannot: in 1.9.6 and later.</summary>
    public bool ListsOfAllRepos { get; init; }

    /// <summary>How the client's command that starts a commit is spelled in errors.</summary>
    public required string StartCommitCommand { get; init; }

    /// <summary>Whether the files of a commit that is built are looked at, and its size taken from them: up to 1.9.5.</summary>
    public bool ReadsBuiltTrees { get; init; }

    /// <summary>Whether a commit cannot be started on a branch that is named like an id: from 1.9 on.</summary>
    public bool ChecksStartedBranches { get; init; }

    /// <summary>Whether the paths of files begin with a slash in answers: from 1.8 on.</summary>
    public bool ShowsRootedPaths { get; init; }

    /// <summary>Whether a commit counts the commits that are computed from it: in 1.9.6 and later.</summary>
    public bool CountsSubvenantCommits { get; init; }

    /// <summary>Whether a commit that nobody finished can be the end of listings that are cut off by number: the server forgets to hide its own signal.</summary>
    public bool LeaksBreak { get; init; }

    /// <summary>What it calls the writes of a transaction that etcd refuses.</summary>
    public required string TransactionWrites { get; init; }

    /// <summary>What paths it takes for patterns.</summary>
    public required GlobSyntax Globs { get; init; }

    public static ServerTraits Of(Release release)
    {
        var traits = ReleaseTraits.Of(release);
        var line = release.Line;
        var isLate = traits.ExtractsOutputs;
        return new ServerTraits
        {
            Release = traits,
            PfsKeys = KeysOf("pachyderm_pfs", line),
            PpsKeys = KeysOf("pachyderm_pps", line),
            KeepsTreesAsMessage = line < V1_8,
            KnowsBranchOfCommit = line >= V1_9,
            UpdateCreatesRepo = line >= V1_8,
            RepoSizeIsMasterSize = line >= V1_8,
            ChecksRequests = isLate,
            ListsOfAllRepos = isLate,
            StartCommitCommand = line >= V1_9 ? "'start commit'" : "start-commit",
            ReadsBuiltTrees = !isLate,
            ChecksStartedBranches = line >= V1_9,
            ShowsRootedPaths = line >= V1_8,
            CountsSubvenantCommits = isLate,
            LeaksBreak = isLate,
            TransactionWrites = line >= V1_9 ? "writes" : "puts",
            Globs = new GlobSyntax(traits.GlobCharacters, traits.HasExtendedGlobs),
        };
    }

    private static KeyTexts KeysOf(string service, ReleaseLine line) =>
        line >= V1_9 ? new KeyTexts("/" + service, WholeKeysInTransactions: false)
            : new KeyTexts("pachyderm/1.7.0/" + service, WholeKeysInTransactions: true);
}
