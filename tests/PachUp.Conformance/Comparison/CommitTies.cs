using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Conformance.Comparison;

/// <summary>
/// Commits are listed by the revision that they were made at. A pipeline's output commit and the commit of statistics that is computed
/// from it have the same one, and come in the order of their random ids; here the output commit always comes last.
/// </summary>
public static class CommitTies
{
    /// <summary>The messages of an answer with such commits in that order; other messages stay as they are.</summary>
    public static IEnumerable<IMessage> Break(IEnumerable<IMessage> messages)
    {
        List<IMessage> all = [.. messages];
        if (all is [CommitInfos infos])
        {
            var broken = new CommitInfos();
            broken.CommitInfo.Add(InOrder([.. infos.CommitInfo]));
            return [broken];
        }

        return all.TrueForAll(message => message is CommitInfo) ? InOrder([.. all.Cast<CommitInfo>()]) : all;
    }

    private static List<CommitInfo> InOrder(List<CommitInfo> commits)
    {
        for (var index = 0; index + 1 < commits.Count; index++)
        {
            if (IsComputedFrom(commits[index + 1], commits[index]))
            {
                (commits[index], commits[index + 1]) = (commits[index + 1], commits[index]);
            }
        }

        return commits;
    }

    private static bool IsComputedFrom(CommitInfo commit, CommitInfo other) =>
        commit.Provenance.Select(provenance => provenance.Commit).Concat(commit.ProvenanceUntil187).Contains(other.Commit);
}
