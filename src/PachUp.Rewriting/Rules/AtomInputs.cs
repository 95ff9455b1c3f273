using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>Changes an <c>atom</c> input into a <c>pfs</c> input, which is its new name.</summary>
public sealed class AtomInputs : PipelineRule
{
    /// <inheritdoc/>
    protected override string Rule => "atom-input";

    /// <inheritdoc/>
    protected override string Why(ReleaseTraits target) => "pfs is the new name of atom inputs";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Change(PipelineInfo pipeline, ReleaseTraits target)
    {
        var atoms = PipelineInputs.All(pipeline.Input).Where(input => input.Atom is not null).ToList();
        foreach (var input in atoms)
        {
            input.Pfs = ToPfs(input.Atom!);
            input.Atom = null;
        }

        return [.. atoms.Select(input => $"input \"{input.Pfs.Name}\": atom -> pfs")];
    }

    private static PFSInput ToPfs(AtomInput atom) => new()
    {
        Name = atom.Name,
        Repo = atom.Repo,
        Branch = atom.Branch,
        Commit = atom.Commit,
        Glob = atom.Glob,
        Lazy = atom.Lazy,
        EmptyFiles = atom.EmptyFiles,
    };
}
