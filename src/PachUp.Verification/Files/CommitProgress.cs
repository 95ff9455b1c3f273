using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Files;

/// <summary>
/// Reports how much of the files of some commits is done, in bytes: a cluster tells the size of a commit before its files are listed, but not their
/// number. Files may be done at the same time.
/// </summary>
/// <param name="text">What is done with the files.</param>
/// <param name="progress">Receives the progress; null for no receiver.</param>
internal sealed class CommitProgress(string text, IProgress<StepProgress>? progress)
{
    private readonly Lock _lock = new();
    private long _done;
    private long _total;

    /// <summary>Begins with some commits.</summary>
    /// <param name="bytes">The sizes of the commits.</param>
    public void Begin(IEnumerable<long> bytes) => (_done, _total) = (0, bytes.Sum());

    /// <summary>Counts a file.</summary>
    public void Add(CommitFile file)
    {
        lock (_lock)
        {
            _done += file.SizeBytes;

            // Releases compute the sizes of commits in different ways, and an archive does not tell them.
            progress?.Report(new StepProgress(text, _done, _total > 0 ? Math.Max(_done, _total) : null, StepProgress.BytesUnit));
        }
    }
}
