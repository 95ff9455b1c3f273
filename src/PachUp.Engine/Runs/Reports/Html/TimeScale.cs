namespace PachUp.Engine.Runs.Reports.Html;

/// <summary>
/// Places moments on a line. Time in which a step was worked on has its true length; a pause between two attempts, which may last days, is at most a
/// small part of the line.
/// </summary>
internal sealed class TimeScale
{
    private const double LongestPause = 0.05;

    private readonly SortedDictionary<DateTimeOffset, double> _places = [];

    /// <param name="attempts">The attempts.</param>
    public TimeScale(IReadOnlyCollection<StepAttempt> attempts)
    {
        var moments = attempts.SelectMany(attempt => new[] { attempt.Began, EndOf(attempt) }).Distinct().Order().ToList();
        var spans = moments.Zip(moments.Skip(1), (from, to) => (From: from, To: to, IsPause: !attempts.Any(attempt => attempt.Began <= from && EndOf(attempt) >= to))).ToList();
        var worked = spans.Where(span => !span.IsPause).Sum(span => (span.To - span.From).TotalSeconds);
        var longest = worked * LongestPause;
        double SecondsOf((DateTimeOffset From, DateTimeOffset To, bool IsPause) span) =>
            span.IsPause ? Math.Min((span.To - span.From).TotalSeconds, longest) : (span.To - span.From).TotalSeconds;
        var total = spans.Sum(SecondsOf);
        var place = 0.0;
        foreach (var moment in moments)
        {
            _places[moment] = total > 0 ? place / total : 0;
            place += spans.Where(span => span.From == moment).Sum(SecondsOf);
        }

        Pauses = [.. spans.Where(span => span.IsPause && (span.To - span.From).TotalSeconds > longest && total > 0).Select(span => (_places[span.From] + _places[span.To]) / 2)];
    }

    /// <summary>The middles of the pauses that are drawn shorter than they were.</summary>
    public IReadOnlyList<double> Pauses { get; }

    /// <summary>Where an attempt begins and ends, from 0 to 1.</summary>
    public (double From, double To) PlaceOf(StepAttempt attempt) => (_places[attempt.Began], _places[EndOf(attempt)]);

    private static DateTimeOffset EndOf(StepAttempt attempt) => attempt.Began + attempt.Duration;
}
