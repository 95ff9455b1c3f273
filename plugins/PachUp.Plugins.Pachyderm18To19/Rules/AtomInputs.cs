using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Plugins.Pachyderm18To19.Rules;

/// <summary>1.9 has no <c>atom</c> inputs; a <c>pfs</c> input is the same under its new name.</summary>
internal sealed class AtomInputs : PipelineRule
{
    protected override string Rule => "atom-input";

    protected override string Why => "1.9 has no atom inputs; pfs is their new name";

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
