using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>The order in which pachd keeps the inputs of a pipeline.</summary>
internal static class InputOrder
{
    /// <summary>Sorts inputs of one cross or union by name, as pachd does, so that datums have the same hashes.</summary>
    public static void Sort(Input? input)
    {
        foreach (var nested in PipelineInputs.All(input))
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
