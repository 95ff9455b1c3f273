using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Files;

/// <summary>
/// Counts the results for files. It names only a limited number of files, so that a target without any file does not fill the memory.
/// </summary>
internal sealed class FileTally
{
    private const int MostNamed = 1000;

    private readonly Lock _lock = new();
    private readonly List<InventoryItem> _lost = [];
    private readonly List<InventoryItem> _changed = [];
    private FilesCompared _sum = new();

    /// <summary>The counts so far.</summary>
    public FilesCompared Sum
    {
        get
        {
            lock (_lock)
            {
                return _sum with { Lost = [.. _lost], Changed = [.. _changed] };
            }
        }
    }

    public void Add(FileVerdict verdict)
    {
        lock (_lock)
        {
            _sum = _sum with
            {
                Files = _sum.Files + (verdict.Fate is FileResult.Added or FileResult.NotRead ? 0 : 1),
                NotRead = _sum.NotRead + (verdict.Fate == FileResult.NotRead ? 1 : 0),
                Kept = _sum.Kept + (verdict.Fate == FileResult.Kept ? 1 : 0),
                BytesRead = _sum.BytesRead + verdict.BytesRead,
            };
            Name(verdict);
        }
    }

    /// <summary>Adds the counts of commits that were compared before and in which every file was kept.</summary>
    public void Add(FilesCompared before)
    {
        lock (_lock)
        {
            _sum = _sum with
            {
                Commits = _sum.Commits + before.Commits,
                Files = _sum.Files + before.Files,
                Kept = _sum.Kept + before.Kept,
                NotRead = _sum.NotRead + before.NotRead,
                BytesRead = _sum.BytesRead + before.BytesRead,
            };
            _lost.AddRange(before.Lost.Take(MostNamed - _lost.Count));
            _changed.AddRange(before.Changed.Take(MostNamed - _changed.Count));
        }
    }

    private void Name(FileVerdict verdict)
    {
        var names = verdict.Fate switch
        {
            FileResult.Lost => _lost,
            FileResult.Changed or FileResult.Added => _changed,
            _ => null,
        };
        if (names?.Count < MostNamed)
        {
            names.Add(verdict.Item);
        }
    }
}
