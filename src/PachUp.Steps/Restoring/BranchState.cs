using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Steps.Restoring;

/// <summary>The state of a branch, actual or wanted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Head">The id of its head; null for no head, and for a head that does not change.</param>
/// <param name="Provenance">The branches in its direct provenance.</param>
internal sealed record BranchState(BranchName Name, string? Head, ImmutableHashSet<BranchName> Provenance)
{
    /// <summary>The state that a request gives to a branch. If the branch itself names the head, the head does not change.</summary>
    public static BranchState Of(CreateBranchRequest request)
    {
        var name = request.Branch is { } branch ? NameOf(branch) : new BranchName(request.Head?.Repo?.Name ?? "", request.SBranch);
        var head = request.Head?.Id is { Length: > 0 } id && id != name.Branch ? id : null;
        return new BranchState(name, head, [.. request.Provenance.Select(NameOf)]);
    }

    /// <summary>The state of a branch that a server reports.</summary>
    public static BranchState Of(string repo, BranchInfo info) => new(
        new BranchName(repo, info.Branch?.Name is { Length: > 0 } name ? name : info.Name),
        info.Head?.Id is { Length: > 0 } head ? head : null,
        [.. info.DirectProvenance.Select(NameOf)]);

    /// <summary>Whether the reported state of a branch is the wanted one.</summary>
    public bool IsMetBy(BranchState seen) => (Head is null || Head == seen.Head) && Provenance.SetEquals(seen.Provenance);

    private static BranchName NameOf(Branch branch) => new(branch.Repo?.Name ?? "", branch.Name);
}
