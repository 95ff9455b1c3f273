using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Steps.Restoring;

/// <summary>How a branch is, or is to be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Head">The id of its head; null for none, and for one that stays as it is.</param>
/// <param name="Provenance">The branches that it is computed from, directly.</param>
internal sealed record BranchState(BranchName Name, string? Head, ImmutableHashSet<BranchName> Provenance)
{
    /// <summary>What a request makes of a branch. A head that is named by the branch itself stays what it is.</summary>
    public static BranchState Of(CreateBranchRequest request)
    {
        var name = request.Branch is { } branch ? NameOf(branch) : new BranchName(request.Head?.Repo?.Name ?? "", request.SBranch);
        var head = request.Head?.Id is { Length: > 0 } id && id != name.Branch ? id : null;
        return new BranchState(name, head, [.. request.Provenance.Select(NameOf)]);
    }

    /// <summary>How a server says that a branch is.</summary>
    public static BranchState Of(string repo, BranchInfo info) => new(
        new BranchName(repo, info.Branch?.Name is { Length: > 0 } name ? name : info.Name),
        info.Head?.Id is { Length: > 0 } head ? head : null,
        [.. info.DirectProvenance.Select(NameOf)]);

    /// <summary>Whether a branch that is seen so is what this one is to be.</summary>
    public bool IsMetBy(BranchState seen) => (Head is null || Head == seen.Head) && Provenance.SetEquals(seen.Provenance);

    private static BranchName NameOf(Branch branch) => new(branch.Repo?.Name ?? "", branch.Name);
}
