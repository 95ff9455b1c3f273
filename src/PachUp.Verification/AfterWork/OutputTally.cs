using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.AfterWork;

/// <summary>Counts the results for the files of one output head. Thread-safe.</summary>
/// <param name="head">The head.</param>
/// <param name="commit">The commit of the target.</param>
internal sealed class OutputTally(OutputHead head, string commit)
{
    private const int MostNamed = 1000;

    private readonly Lock _lock = new();
    private readonly List<InventoryItem> _lost = [];
    private readonly List<InventoryItem> _changed = [];
    private readonly List<InventoryItem> _explained = [];
    private long _files;
    private long _equal;
    private long _bytes;

    /// <summary>A file of the source exists with equal bytes.</summary>
    public void Equal(CommitFile file) => Count(null, file.Path, "", file.SizeBytes, isKept: true);

    /// <summary>A file of the source exists with an explained difference.</summary>
    public void Explain(string path, string why, long bytes = 0) => Count(_explained, path, why, bytes, isKept: true);

    /// <summary>A file of the source is missing or cannot be read.</summary>
    public void Lose(string path, string why) => Count(_lost, path, why, bytes: 0, isKept: false);

    /// <summary>A file of the source has other content.</summary>
    public void Change(string path, string why, long bytes = 0) => Count(_changed, path, why, bytes, isKept: false);

    /// <summary>The target has a file that the source does not have.</summary>
    public void Add(string path)
    {
        lock (_lock)
        {
            Name(_changed, path, "not on the source");
        }
    }

    /// <summary>The verdict on the head.</summary>
    public OutputVerdict Verdict()
    {
        lock (_lock)
        {
            return new OutputVerdict
            {
                Pipeline = head.Pipeline,
                Branch = head.Branch,
                SourceCommit = head.Commit,
                TargetCommit = commit,
                Outcome = _lost.Count + _changed.Count > 0 ? OutputOutcome.Lost : _explained.Count > 0 ? OutputOutcome.Explained : OutputOutcome.Equal,
                Files = _files,
                Equal = _equal,
                BytesRead = _bytes,
                Lost = [.. _lost],
                Changed = [.. _changed],
                Explained = [.. _explained],
            };
        }
    }

    private void Count(List<InventoryItem>? names, string path, string why, long bytes, bool isKept)
    {
        lock (_lock)
        {
            _files++;
            _equal += isKept ? 1 : 0;
            _bytes += bytes;
            if (names is not null)
            {
                Name(names, path, why);
            }
        }
    }

    private void Name(List<InventoryItem> names, string path, string why)
    {
        if (names.Count < MostNamed)
        {
            names.Add(new InventoryItem(ItemKind.File, $"{head.Pipeline}@{head.Branch}:{path}", why));
        }
    }
}
