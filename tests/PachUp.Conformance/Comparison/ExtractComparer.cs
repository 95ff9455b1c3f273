using Google.Protobuf;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Admin;

namespace PachUp.Conformance.Comparison;

/// <summary>
/// Compares two extract streams. Objects, tags and blocks come first and in any order, and some hold specs: if their contents differ, only their kinds and
/// numbers are compared. All other operations are compared one by one, in order. The exceptions are commits and branches of repos that tick: ticks go on
/// during an extract, so its branches may have more ticks than its commits. Late releases send the commits of all repos together, and those of one
/// transaction in any order, so the order is only compared within each repo. From 1.12 on, pipelines and the branches of one transaction come in any order.
/// </summary>
/// <param name="messages">Compares single operations.</param>
/// <param name="listings">Compares objects, tags and blocks.</param>
/// <param name="volatileRepos">The repos that tick.</param>
/// <param name="isTransactional">Whether the release makes a pipeline with its branches in one transaction, and lists pipelines in any order.</param>
public sealed class ExtractComparer(MessageComparer messages, ListingComparer listings, VolatileRepos volatileRepos, bool isTransactional)
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

    /// <summary>
    /// Sorts the commits by repo and, where the release lists them in any order, branches and pipelines by name, each pipeline with its jobs. Earlier releases do
    /// not mix commits of several repos.
    /// </summary>
    private List<Op> InComparableOrder(List<Op> operations)
    {
        var parsed = operations.Select(operation => (Op: operation, Operation: Operation.FromBytes(operation.ToByteArray()))).ToList();
        if (!parsed.Exists(entry => entry.Operation.Kind == OperationKind.Commit && entry.Operation.AsCommit().Provenance.Count > 0))
        {
            return operations;
        }

        var pipeline = "";
        return [.. parsed.Select(entry => (entry.Op, Key: KeyOf(entry.Operation))).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Op)];

        string KeyOf(Operation operation)
        {
            pipeline = operation.Kind == OperationKind.Pipeline ? operation.AsPipeline().Pipeline.Name : pipeline;
            return operation.Kind switch
            {
                OperationKind.Commit => $"commits of {operation.AsCommit().Parent.Repo.Name}",
                OperationKind.Branch when isTransactional => $"branch {operation.AsBranch().Branch.Repo.Name}@{operation.AsBranch().Branch.Name}",
                OperationKind.Pipeline or OperationKind.Job when isTransactional => $"pipeline {pipeline}",
                OperationKind.Branch or OperationKind.Pipeline or OperationKind.Job => "later",
                _ => "",
            };
        }
    }

    private IEnumerable<Difference> CompareMetadata(List<Op> expected, List<Op> got)
    {
        (expected, got) = (InComparableOrder(expected), InComparableOrder(got));
        var differences = expected.Zip(got)
            .SelectMany((pair, index) => messages.Compare($"operation[{index}]", pair.First, pair.Second, contentVaries: false));
        return expected.Count == got.Count
            ? differences
            : differences.Prepend(new Difference("response", $"{expected.Count} operations", $"{got.Count} operations", ChangesShape: true));
    }
}
