namespace PachUp.Sandbox.Pfs;

/// <summary>Checks what pachd promises about branches and commits (<c>fsck</c>).</summary>
internal sealed class ConsistencyCheck(Pachd pachd)
{
    /// <exception cref="PachdError">The first thing that is wrong.</exception>
    public void StopAtFirstError()
    {
        if (FindErrors() is [var error, ..])
            throw new PachdError(error);
    }

    /// <summary>All that is wrong, as pachd words it.</summary>
    public IReadOnlyList<string> FindErrors() => pachd.Metadata.Do<IReadOnlyList<string>>(() => [.. MissingBranches()]);

    private IEnumerable<string> MissingBranches()
    {
        var branches = pachd.Metadata.BranchesOfAllRepos().Select(branch => branch.Value).ToList();
        var known = branches.Select(branch => Refs.KeyOf(branch.Branch)).ToHashSet(StringComparer.Ordinal);
        return from branch in branches
               where branch.Head is not null
               from provenance in branch.Provenance
               where !known.Contains(Refs.KeyOf(provenance))
               select $"consistency error: the branch {provenance.Name} on repo {provenance.Repo.Name} could not be found\n";
    }
}
