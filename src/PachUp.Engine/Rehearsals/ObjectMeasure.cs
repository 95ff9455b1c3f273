using PachUp.Pachyderm.Connections;

namespace PachUp.Engine.Rehearsals;

/// <summary>How many objects a cluster has and how large they are.</summary>
/// <param name="Count">How many there are; null where they could not be listed.</param>
/// <param name="Bytes">Their size, from those that were measured; where none could be, that of the repos.</param>
/// <param name="Measured">How many were measured.</param>
public sealed record ObjectMeasure(long? Count, long Bytes, long Measured)
{
    private const int SampleSize = 1000;
    private const int Seed = 1;

    /// <summary>
    /// Lists the objects of a cluster and asks for the size of some, spread evenly over the list. No content is read. Where objects cannot be listed,
    /// the sizes of the repos are taken.
    /// </summary>
    internal static async Task<ObjectMeasure> TakeAsync(PachdClient client, long repoBytes, CancellationToken cancellationToken)
    {
        if (!(await client.FindObjectAccessAsync(cancellationToken)).IsThere)
        {
            return new ObjectMeasure(Count: null, repoBytes, Measured: 0);
        }

        var (count, sample) = await SampleAsync(client.ListObjectsAsync(cancellationToken), cancellationToken);
        var bytes = 0L;
        foreach (var hash in sample)
        {
            bytes += await client.GetObjectSizeAsync(hash, cancellationToken);
        }

        return new ObjectMeasure(count, sample.Count == 0 ? 0 : (long)((double)bytes / sample.Count * count), sample.Count);
    }

    /// <summary>A sample in which every object is equally likely to be, however many there are, without keeping them all.</summary>
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
