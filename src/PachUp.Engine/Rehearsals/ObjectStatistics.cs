using PachUp.Pachyderm.Connections;

namespace PachUp.Engine.Rehearsals;

/// <summary>The number and size of the objects of a cluster.</summary>
/// <param name="Count">The number of objects; null if they cannot be listed.</param>
/// <param name="Bytes">Their total size in bytes, estimated from the measured objects; if none was measured, the size of the repos.</param>
/// <param name="Measured">The number of objects that were measured.</param>
public sealed record ObjectStatistics(long? Count, long Bytes, long Measured)
{
    private const int SampleSize = 1000;
    private const int Seed = 1;

    /// <summary>
    /// Lists the objects of a cluster and asks for the sizes of a random sample. No content is read. If objects cannot be listed, the sizes of the repos
    /// are used.
    /// </summary>
    internal static async Task<ObjectStatistics> TakeAsync(PachdClient client, long repoBytes, CancellationToken cancellationToken)
    {
        if (!(await client.FindObjectAccessAsync(cancellationToken)).IsThere)
        {
            return new ObjectStatistics(Count: null, repoBytes, Measured: 0);
        }

        var (count, sample) = await SampleAsync(client.ListObjectsAsync(cancellationToken), cancellationToken);
        var bytes = 0L;
        foreach (var hash in sample)
        {
            bytes += await client.GetObjectSizeAsync(hash, cancellationToken);
        }

        return new ObjectStatistics(count, sample.Count == 0 ? 0 : (long)((double)bytes / sample.Count * count), sample.Count);
    }

    /// <summary>Reservoir sampling: every object has the same chance to be in the sample, and only the sample is kept in memory.</summary>
    private static async Task<(long Count, List<string> Sample)> SampleAsync(IAsyncEnumerable<string> hashes, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        var sample = new List<string>(SampleSize);
        var count = 0L;
        await foreach (var hash in hashes.WithCancellation(cancellationToken))
        {
            count++;
            if (sample.Count < SampleSize)
            {
                sample.Add(hash);
            }
            else if (random.NextInt64(count) is var place and < SampleSize)
            {
                sample[(int)place] = hash;
            }
        }

        return (count, sample);
    }
}
