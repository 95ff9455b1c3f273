using System.Collections.Immutable;
using System.Globalization;
using PachUp.Common.Text;

namespace PachUp.Engine.Rehearsals;

/// <summary>Estimates the time and disk space of the real run from the measurements of a rehearsal.</summary>
internal static class Estimator
{
    /// <summary>A run lists the source 3 times: when it is planned, before its extract, and after its extract.</summary>
    private const int Listings = 3;

    /// <summary>Every byte of an object is transferred twice: it is read from the source and sent to the target.</summary>
    private const int Passages = 2;

    private const double SlowBytesPerSecond = 20e6;
    private const double FastBytesPerSecond = 100e6;

    /// <summary>Compressed files keep their size. Text shrinks to about 30 %.</summary>
    private const double BestCompression = 0.3;

    /// <summary>The duration of one transaction if the disk of etcd is busy.</summary>
    private static readonly TimeSpan SlowOperation = TimeSpan.FromMilliseconds(50);

    public static RehearsalEstimate Estimate(Measurements measured)
    {
        var bytes = measured.Objects?.Bytes ?? 0;
        var work = measured.StepTime + (Listings * (measured.ListingTime ?? TimeSpan.Zero));
        return new RehearsalEstimate
        {
            LeastTime = work + TimeSpan.FromSeconds(Passages * bytes / FastBytesPerSecond),
            MostTime = work + (measured.Operations * SlowOperation) + TimeSpan.FromSeconds(Passages * bytes / SlowBytesPerSecond),
            ObjectBytes = bytes,
            LeastArchiveBytes = measured.ArchiveBytes + (long)(bytes * BestCompression),
            MostArchiveBytes = measured.ArchiveBytes + bytes,
            FreeBytes = measured.FreeBytes,
            Basis = Basis(measured),
        };
    }

    private static ImmutableArray<string> Basis(Measurements measured) =>
    [
        measured.ListingTime is { } listing
            ? $"The source took {Words.Duration(listing)} to list its metadata. A run lists it {Listings} times."
            : "No source was asked, so the time to list its metadata is not included.",
        $"The steps took {Words.Duration(measured.StepTime)} in the rehearsal. A real target with a busy etcd may need up to {SlowOperation.TotalMilliseconds:0} ms for "
            + $"each of {Words.Count(measured.Operations, "operation")}(assumed).",
        ObjectBasis(measured.Objects),
        "Not included: manual work (deploying, switching clients), and the time in which pipelines compute output again.",
    ];

    private static string ObjectBasis(ObjectStatistics? objects) => objects switch
    {
        null => "Objects stay in the bucket, so their size has no effect.",
        { Count: { } count } => $"{Words.Count(count, "object")} with {Words.Bytes(objects.Bytes)} ({MeasuredOf(objects)}) {Passage}",
        _ => $"The repos hold {Words.Bytes(objects.Bytes)} according to the server. Files of other branches and older commits may add to this, because the "
        + $"objects could not be listed (see --source-peer). They {Passage}",
    };

    private static string Passage =>
        $"are read once and sent once, at {Megabytes(SlowBytesPerSecond)} to {Megabytes(FastBytesPerSecond)} MB a second (assumed). "
        + "The archive compresses them to 30 to 100 %.";

    private static string MeasuredOf(ObjectStatistics objects) =>
        objects.Measured == objects.Count ? "all measured" : $"from the sizes of {Words.Count(objects.Measured, "object")}";

    private static string Megabytes(double bytes) => (bytes / 1e6).ToString("0", CultureInfo.InvariantCulture);
}
