using System.Collections.Immutable;
using System.Globalization;
using PachUp.Common.Text;

namespace PachUp.Engine.Rehearsals;

/// <summary>Works out from what was measured in a rehearsal what the real run will take.</summary>
internal static class Estimator
{
    /// <summary>A run lists the source when it is planned, and before and after its extract.</summary>
    private const int Listings = 3;

    /// <summary>Every byte of an object is read from the source once and sent to the target once.</summary>
    private const int Passages = 2;

    private const double SlowBytesPerSecond = 20e6;
    private const double FastBytesPerSecond = 100e6;

    /// <summary>Files that are compressed already stay as they are; texts become a third.</summary>
    private const double BestCompression = 0.3;

    /// <summary>A transaction of an etcd whose disk is busy.</summary>
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
            ? $"The source took {Words.Duration(listing)} to list its metadata; a run does that {Listings} times."
            : "No source was asked, so the time that it takes to list its metadata is not in it.",
        $"The steps took {Words.Duration(measured.StepTime)} in the rehearsal. A real target may need up to {SlowOperation.TotalMilliseconds:0} ms for "
            + $"each of {Words.Count(measured.Operations, "operation")}, as a pachd with a busy etcd does (assumed).",
        ObjectBasis(measured.Objects),
        "Not in it: what people do (deploying, switching clients), and what pipelines compute again.",
    ];

    private static string ObjectBasis(ObjectMeasure? objects) => objects switch
    {
        null => "Objects stay in the bucket, so their size does not matter.",
        { Count: { } count } => $"{Words.Count(count, "object")} with {Words.Bytes(objects.Bytes)} ({MeasuredOf(objects)}) {Passage}",
        _ => $"The repos hold {Words.Bytes(objects.Bytes)}, as the server adds it up; files of other branches and older commits may come on top, since the "
            + $"objects themselves could not be listed (--source-peer). They {Passage}",
    };

    private static string Passage =>
        $"are read once and sent once, at {Megabytes(SlowBytesPerSecond)} to {Megabytes(FastBytesPerSecond)} MB a second (assumed). "
        + "The archive compresses them to 30 to 100 %.";

    private static string MeasuredOf(ObjectMeasure objects) =>
        objects.Measured == objects.Count ? "all measured" : $"from the sizes of {Words.Count(objects.Measured, "object")}";

    private static string Megabytes(double bytes) => (bytes / 1e6).ToString("0", CultureInfo.InvariantCulture);
}
