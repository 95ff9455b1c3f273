using Google.Protobuf.Collections;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Lists of branches as pachd keeps them: each once, in the order of repo and name.</summary>
internal static class BranchSets
{
    public static void AddBranch(this RepeatedField<Branch> branches, Branch branch)
    {
        var at = IndexOf(branches, branch);
        if (at < 0)
            branches.Insert(~at, branch.Clone());
    }

    public static void RemoveBranch(this RepeatedField<Branch> branches, Branch branch)
    {
        var at = IndexOf(branches, branch);
        if (at >= 0)
            branches.RemoveAt(at);
    }

    public static bool HasBranch(this RepeatedField<Branch> branches, Branch branch) => IndexOf(branches, branch) >= 0;

    private static int IndexOf(RepeatedField<Branch> branches, Branch branch)
    {
        var key = Refs.KeyOf(branch);
        for (var i = 0; i < branches.Count; i++)
        {
            var order = string.CompareOrdinal(Refs.KeyOf(branches[i]), key);
            if (order >= 0)
                return order == 0 ? i : ~i;
        }

        return ~branches.Count;
    }
}
