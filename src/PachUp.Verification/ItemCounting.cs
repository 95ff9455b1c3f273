using PachUp.Sdk;

namespace PachUp.Verification;

/// <summary>Counts items while they are read.</summary>
internal static class ItemCounting
{
    private const int ItemsBetweenNews = 10_000;

    /// <summary>The same items. Their number so far is reported from time to time.</summary>
    /// <param name="items">The items.</param>
    /// <param name="text">What is done with them.</param>
    /// <param name="total">How many there are or were; null if that is not known.</param>
    /// <param name="unit">What they are.</param>
    /// <param name="progress">Receives the number; null for no receiver.</param>
    public static async IAsyncEnumerable<T> Counting<T>(
        this IAsyncEnumerable<T> items, string text, long? total, string unit, IProgress<StepProgress>? progress)
    {
        var done = 0L;
        progress?.Report(new StepProgress(text, done, total, unit));
        await foreach (var item in items)
        {
            if (++done % ItemsBetweenNews == 0)
            {
                // A cluster that works may have more items than it had.
                progress?.Report(new StepProgress(text, done, total is { } known ? Math.Max(known, done) : null, unit));
            }

            yield return item;
        }
    }
}
