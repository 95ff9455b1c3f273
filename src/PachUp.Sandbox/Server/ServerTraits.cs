using PachUp.Pachyderm;
using PachUp.Sandbox.Server.Metadata;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server;

/// <summary>The differences between releases that only matter inside the server. Those that clients must know are in <see cref="ReleaseTraits"/>.</summary>
internal sealed record ServerTraits
{
    private static readonly ReleaseLine V1_8 = new(1, 8);
    private static readonly ReleaseLine V1_9 = new(1, 9);
    private static readonly ReleaseLine V1_10 = new(1, 10);
    private static readonly ReleaseLine V1_11 = new(1, 11);
    private static readonly ReleaseLine V1_12 = new(1, 12);

    public required ReleaseTraits Release { get; init; }

    /// <summary>How errors name repos, commits and branches.</summary>
    public required KeyTexts PfsKeys { get; init; }

    /// <summary>How errors name pipelines and jobs.</summary>
    public required KeyTexts PpsKeys { get; init; }

    /// <summary>Whether a commit's tree is one message (1.7) and not pairs of keys and values.</summary>
    public bool KeepsTreesAsMessage { get; init; }

    /// <summary>Whether a commit has its branch, its origin, and the branches of its provenance: from 1.9 on.</summary>
    public bool KnowsBranchOfCommit { get; init; }

    /// <summary>Whether the update of a missing repo creates it: from 1.8 on.</summary>
    public bool UpdateCreatesRepo { get; init; }

    /// <summary>Whether the size of a repo is that of the head of its branch master (from 1.8 on) and not of everything that was ever put into it.</summary>
    public bool RepoSizeIsMasterSize { get; init; }

    /// <summary>Whether the server checks requests for missing parts (1.9.6 and later); earlier releases crash on them.</summary>
    public bool ChecksRequests { get; init; }

    /// <summary>Whether branches and commits of all repos can be listed, and listing the branches of a missing repo is an error: in 1.9.6 and later.</summary>
    public bool ListsOfAllRepos { get; init; }

    /// <summary>The name of the client's command that starts a commit, as errors spell it.</summary>
    public required string StartCommitCommand { get; init; }

    /// <summary>Whether BuildCommit reads the tree of the commit and takes its size from it: up to 1.9.5.</summary>
    public bool ReadsBuiltTrees { get; init; }

    /// <summary>Whether the server refuses to start a commit on a branch that is named like an id: from 1.9 on.</summary>
    public bool ChecksStartedBranches { get; init; }

    /// <summary>Whether paths in answers begin with a slash: from 1.8 on.</summary>
    public bool ShowsRootedPaths { get; init; }

    /// <summary>Whether a commit counts the commits that are computed from it: in 1.9.6 and later.</summary>
    public bool CountsSubvenantCommits { get; init; }

    /// <summary>Whether a listing of limited length ends with an error: the server sends its internal stop signal to the client.</summary>
    public bool LeaksBreak { get; init; }

    /// <summary>The word for the writes of a transaction in the error that etcd refused it.</summary>
    public required string TransactionWrites { get; init; }

    /// <summary>Whether the error about an open parent names its repo: from 1.10 on.</summary>
    public bool NamesReposOfParents { get; init; }

    /// <summary>Whether <c>PutFile</c> may delete files, and a call without a message is no error: from 1.11 on.</summary>
    public bool PutsDeletions { get; init; }

    /// <summary>Whether a new commit gets its provenance before its parent: from 1.9.6 to the end of 1.10.</summary>
    public bool SetsProvenanceFirst { get; init; }

    /// <summary>Whether the error for a repo that exists already is "repo NAME already exists": from 1.12 on.</summary>
    public bool NamesExistingRepos { get; init; }

    /// <summary>Whether creating a branch looks for its repo before its head: from 1.11 on.</summary>
    public bool ChecksRepoOfBranch { get; init; }

    /// <summary>Which paths are patterns.</summary>
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
            LeaksBreak = isLate && line < V1_12,
            TransactionWrites = line >= V1_9 ? "writes" : "puts",
            NamesReposOfParents = line >= V1_10,
            PutsDeletions = line >= V1_11,
            SetsProvenanceFirst = isLate && line < V1_11,
            NamesExistingRepos = line >= V1_12,
            ChecksRepoOfBranch = line >= V1_11,
            Globs = new GlobSyntax(traits.GlobCharacters, traits.HasExtendedGlobs),
        };
    }

    private static KeyTexts KeysOf(string service, ReleaseLine line) =>
        line >= V1_9 ? new KeyTexts("/" + service, WholeKeysInTransactions: false)
            : new KeyTexts("pachyderm/1.7.0/" + service, WholeKeysInTransactions: true);
}
