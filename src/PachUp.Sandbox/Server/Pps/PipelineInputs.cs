using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>Walks through the inputs of a pipeline.</summary>
internal static class PipelineInputs
{
    /// <summary>An input and all inputs inside it; the inner ones come first.</summary>
    public static IEnumerable<Input> All(Input? input) =>
        input is null ? [] : input.Cross.Concat(input.Union).Concat(input.Join).Concat(input.Group).SelectMany(All).Append(input);

    /// <summary>The branch that an input reads; null for an input made of others.</summary>
    public static Branch? BranchOf(Input input) => input switch
    {
        { Pfs: { } pfs } => Refs.Branch(pfs.Repo, pfs.Branch),
        { Atom: { } atom } => Refs.Branch(atom.Repo, atom.Branch),
        { Cron: { } cron } => Refs.Branch(cron.Repo, Refs.MasterBranch),
        { Git: { } git } => Refs.Branch(git.Name, git.Branch),
        _ => null,
    };

    /// <summary>The branches that a pipeline reads.</summary>
    public static IEnumerable<Branch> Branches(Input? input) => All(input).Select(BranchOf).OfType<Branch>();

    /// <summary>Sorts inputs of one cross or union by name, as pachd does, so that datums have the same hashes.</summary>
    public static void Sort(Input? input)
    {
        foreach (var nested in All(input))
        {
            Sort(nested.Cross);
            Sort(nested.Union);
            Sort(nested.Join);
            Sort(nested.Group);
        }
    }

    private static void Sort(Google.Protobuf.Collections.RepeatedField<Input> inputs)
    {
        var sorted = inputs.OrderBy(NameOf, StringComparer.Ordinal).ToList();
        inputs.Clear();
        inputs.Add(sorted);
    }

    // pachd sorts cron and git inputs as if they had no name, so they come first.
    private static string NameOf(Input input) => input switch
    {
        { Atom: { } atom } => atom.Name,
        { Pfs: { } pfs } => pfs.Name,
        { Cross: [var first, ..] } => NameOf(first),
        { Union: [var first, ..] } => NameOf(first),
        { Join: [var first, ..] } => NameOf(first),
        { Group: [var first, ..] } => NameOf(first),
        _ => "",
    };
}
