using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Filling;

/// <summary>
/// Stores commits as another cluster listed them, without their subvenance, which only deleting uses.
/// </summary>
internal sealed class CommitFiller(Pachd pachd)
{
    /// <summary>Stores the commits of all repos, in an order in which they can have been made.</summary>
    public void Fill(ClusterInventory cluster)
    {
        var children = cluster.Repos
            .SelectMany(repo => repo.Commits.Where(commit => commit.Parent is not null).Select(commit => (Parent: (repo.Name, commit.Parent!), commit.Id)))
            .ToLookup(child => child.Parent, child => child.Id);
        foreach (var (repo, commit) in CommitSequence.Of(cluster))
        {
            var info = MessageOf(repo, commit);
            info.ChildCommits.Add(children[(repo, commit.Id)].Select(child => Refs.Commit(repo, child)));
            pachd.Metadata.InTransaction(() => Keep(info));
        }
    }

    /// <summary>Stores one commit.</summary>
    public void Keep(CommitInfo info)
    {
        pachd.Metadata.Commits(info.Commit.Repo.Name).Put(info.Commit.Id, info);
        if (info.Finished is null)
            pachd.Metadata.OpenCommits.Put(info.Commit.Id, info.Commit);
    }

    private CommitInfo MessageOf(string repo, CommitInventory commit)
    {
        var info = new CommitInfo
        {
            Commit = Refs.Commit(repo, commit.Id),
            ParentCommit = commit.Parent is null ? null : Refs.Commit(repo, commit.Parent),
            Started = TimeOf(commit.Started) ?? pachd.Now(),
            Finished = TimeOf(commit.Finished),
            SizeBytes = (ulong)commit.SizeBytes,
            Tree = ObjectOf(commit.Tree),
            Trees = { commit.Trees.Select(ObjectOf) },
            Datums = ObjectOf(commit.Datums),
            Description = commit.Description,
        };
        if (pachd.Traits.KnowsBranchOfCommit)
            AddPairs(info, repo, commit);
        else
            AddLists(info, commit);

        return info;
    }

    private static void AddPairs(CommitInfo info, string repo, CommitInventory commit)
    {
        info.Branch = commit.Branch is null ? null : Refs.Branch(repo, commit.Branch);
        info.Origin = new CommitOrigin { Kind = commit.Provenance.IsEmpty ? OriginKind.User : OriginKind.Auto };
        info.Provenance.Add(commit.Provenance.Select(origin => new CommitProvenance
        {
            Commit = Refs.Commit(origin.Repo, origin.Commit),
            Branch = Refs.Branch(origin.Repo, origin.Branch),
        }));
    }

    private static void AddLists(CommitInfo info, CommitInventory commit)
    {
        info.ProvenanceUntil187.Add(commit.Provenance.Select(origin => Refs.Commit(origin.Repo, origin.Commit)));
        if (commit.Provenance.All(origin => origin.Branch.Length > 0))
            info.BranchProvenance.Add(commit.Provenance.Select(origin => Refs.Branch(origin.Repo, origin.Branch)));
    }

    private static Wire.Object? ObjectOf(string? hash) => hash is null ? null : new Wire.Object { Hash = hash };

    private static Timestamp? TimeOf(DateTimeOffset? time) => time is null ? null : Timestamp.FromDateTimeOffset(time.Value);
}
