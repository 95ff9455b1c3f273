using Google.Protobuf;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Admin;

namespace PachUp.Conformance.Comparison;

/// <summary>
/// Compares two extract streams. Objects, tags and blocks come first and in any order, and some hold specs: if their contents differ, only their kinds and
/// numbers are compared. All other operations are compared one by one, in order. The exceptions are commits and branches of repos that tick: ticks go on
/// during an extract, so its branches may have more ticks than its commits. Late releases send the commits of all repos together, and those of one
/// transaction in any order, so the order is only compared within each repo.
/// </summary>
public sealed class ExtractComparer(MessageComparer messages, ListingComparer listings, VolatileRepos volatileRepos)
{
    /// <summary>The differences between two streams of operations.</summary>
    public IEnumerable<Difference> Compare(List<IMessage> recorded, List<IMessage> replayed)
    {
        var expected = recorded.Cast<Op>().ToLookup(IsStorage);
        var got = replayed.Cast<Op>().ToLookup(IsStorage);
        return CompareStorage([.. expected[true]], [.. got[true]])
            .Concat(CompareMetadata(WithoutTicks(expected[false]), WithoutTicks(got[false])));
    }

    private static bool IsStorage(Op operation) =>
        KindOf(operation) is OperationKind.Object or OperationKind.Tag or OperationKind.CreateObject or OperationKind.Block;

    private static OperationKind KindOf(Op operation) => Operation.FromBytes(operation.ToByteArray()).Kind;

    private IEnumerable<Difference> CompareStorage(List<Op> expected, List<Op> got) =>
        expected.Select(KindOf).Union(got.Select(KindOf)).SelectMany(kind => CompareStorage(kind, expected, got));

    private IEnumerable<Difference> CompareStorage(OperationKind kind, List<Op> expected, List<Op> got) =>
        listings.Compare([.. expected.Where(op => KindOf(op) == kind)], [.. got.Where(op => KindOf(op) == kind)])
            .Select(difference => difference with { Path = $"response, {kind} operations" });

    private List<Op> WithoutTicks(IEnumerable<Op> operations) =>
        [.. operations.Where(operation => !IsTick(Operation.FromBytes(operation.ToByteArray())))];

    private bool IsTick(Operation operation) => operation.Kind switch
    {
        OperationKind.Commit => volatileRepos.IsAboutTicking(operation.AsCommit()),
        OperationKind.Branch => volatileRepos.IsAboutTicking(operation.AsBranch()),
        _ => false,
    };

    private static List<Op> InOrderOfRepos(List<Op> operations)
    {
        var isLate = operations.Exists(operation => operation.Op19?.Commit is { Provenance.Count: > 0 });
        return isLate
            ? [.. operations.OrderBy(operation => operation.Op19?.Commit?.Parent.Repo.Name ?? "", StringComparer.Ordinal)]
            : operations;
    }

    private IEnumerable<Difference> CompareMetadata(List<Op> expected, List<Op> got)
    {
        (expected, got) = (InOrderOfRepos(expected), InOrderOfRepos(got));
        var differences = expected.Zip(got)
            .SelectMany((pair, index) => messages.Compare($"operation[{index}]", pair.First, pair.Second, contentVaries: false));
        return expected.Count == got.Count
            ? differences
            : differences.Prepend(new Difference("response", $"{expected.Count} operations", $"{got.Count} operations", ChangesShape: true));
    }
}
