using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Records;

namespace PachUp.Verification.LateWrites;

/// <summary>What a look at the source found: everything that was written there after the extract.</summary>
public sealed record LateWriteReport
{
    /// <summary>The longest list of names in a sentence.</summary>
    private const int MostNames = 5;

    /// <summary>When PachUp looked.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Why the source could not be looked at; null if it was.</summary>
    public string? NotLooked { get; init; }

    /// <summary>What was written, item by item.</summary>
    public ImmutableArray<LateWrite> Writes { get; init; } = [];

    /// <summary>
    /// Changes that are no late writes, because the target computes the same itself: output of pipelines, and commits on branches that are computed from
    /// other branches.
    /// </summary>
    public ImmutableArray<InventoryItem> ComputedAgain { get; init; } = [];

    /// <summary>Ticks of cron inputs, which are no late writes: the target makes its own ticks.</summary>
    public ImmutableArray<InventoryItem> Ticks { get; init; } = [];

    /// <summary>Whether something was written that the target does not have.</summary>
    [JsonIgnore]
    public bool IsFound => !Writes.IsEmpty;

    /// <summary>How many items of each kind: <c>2 commits, 1 branch</c>.</summary>
    [JsonIgnore]
    public string Counts => CountsOf(Writes);

    /// <summary>How many items of each kind there are in a list.</summary>
    public static string CountsOf(IEnumerable<LateWrite> writes) => string.Join(", ", writes
        .GroupBy(write => write.Item.Kind)
        .OrderBy(kind => kind.Key)
        .Select(kind => Words.Count(kind.Count(), kind.Key.ToString().ToLowerInvariant())));

    /// <summary>The result in one sentence without names and without a full stop.</summary>
    [JsonIgnore]
    public string Summary => this switch
    {
        { NotLooked: { } reason } => $"whether something was written to the source after the extract is not known: {reason}",
        { IsFound: false } => "nothing was written to the source after the extract",
        _ => $"the source was written to after the extract, and the target does not have it: {Counts}",
    };

    /// <summary>The same with names. A long list of names is cut.</summary>
    [JsonIgnore]
    public string Sentence => IsFound ? $"{Summary} ({Words.FirstOf([.. Writes.Select(write => write.Text)], MostNames)})" : Summary;

    /// <summary>The newest report of a run; null if PachUp has not looked yet.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public static LateWriteReport? TryRead(string runDirectory) => JsonFile.TryRead<LateWriteReport>(PathIn(runDirectory));

    /// <summary>Saves the report in the directory of the run.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Write(string runDirectory) => JsonFile.Write(PathIn(runDirectory), this);

    private static string PathIn(string runDirectory) => Path.Combine(runDirectory, RecordFiles.LateWrites);
}
