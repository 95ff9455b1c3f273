using System.Collections.Immutable;
using System.Globalization;
using PachUp.Common.Text;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Copying;

/// <summary>What one pass copied.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Objects">How many keys.</param>
/// <param name="Took">How long it took, listing included.</param>
internal sealed record CopiedPass(long Bytes, long Objects, TimeSpan Took)
{
    private const string Kind = "bucket-pass";

    /// <summary>The keys that were written or deleted while they were copied; they are not in the target, or not complete.</summary>
    public ImmutableArray<string> Unsettled { get; init; } = [];

    /// <summary>The passes that a step recorded, in this process or before an interruption.</summary>
    public static IEnumerable<CopiedPass> In(IEnumerable<Checkpoint> checkpoints) => checkpoints
        .Where(checkpoint => checkpoint.Kind == Kind)
        .Select(checkpoint => new CopiedPass(
            Number(checkpoint, "bytes"), Number(checkpoint, "objects"), TimeSpan.FromMilliseconds(Number(checkpoint, "milliseconds"))));

    /// <summary>The record of the pass in the journal.</summary>
    public Checkpoint ToCheckpoint() => new(Kind)
    {
        Facts = NamedValues.Of(
            ("bytes", Bytes.ToString(CultureInfo.InvariantCulture)),
            ("objects", Objects.ToString(CultureInfo.InvariantCulture)),
            ("milliseconds", ((long)Took.TotalMilliseconds).ToString(CultureInfo.InvariantCulture))),
    };

    /// <summary>The pass in one sentence.</summary>
    /// <param name="number">Its number, from 1.</param>
    public string Describe(int number) => $"pass {number} copied {Words.Count(Objects, "key")} with {Words.Bytes(Bytes)} in {Words.Duration(Took)}{Rate()}";

    /// <summary>
    /// The next pass copies what was written during this one. From the second pass on that is no more than what this pass copied, if writers keep their
    /// pace, because it took no longer than the one before.
    /// </summary>
    /// <param name="number">The number of this pass, from 1.</param>
    public string DescribeLastPass(int number) => number == 1
        ? "the second pass shows how long a last pass would take"
        : $"if writers stopped now, the last pass would take about {Words.Duration(Took)}";

    private string Rate() => Took > TimeSpan.Zero && Bytes > 0 ? $" ({Words.Bytes((long)(Bytes / Took.TotalSeconds))}/s)" : "";

    private static long Number(Checkpoint checkpoint, string name) => long.Parse(checkpoint.Facts[name], CultureInfo.InvariantCulture);
}
