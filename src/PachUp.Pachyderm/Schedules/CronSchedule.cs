namespace PachUp.Pachyderm.Schedules;

/// <summary>The times at which a cron input ticks, in UTC and to the second, computed like the scheduler of pachd.</summary>
public sealed class CronSchedule
{
    private const int SearchedYears = 5;

    private readonly Func<DateTimeOffset, DateTimeOffset?> _next;

    private CronSchedule(Func<DateTimeOffset, DateTimeOffset?> next) => _next = next;

    /// <summary>The schedule of a spec; null if a server would refuse the spec.</summary>
    public static CronSchedule? TryParse(string spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return CronSpec.FindMistake(spec) is null ? Parse(spec) : null;
    }

    /// <summary>The schedule of a spec that is valid according to <see cref="CronSpec.FindMistake(string)"/>.</summary>
    internal static CronSchedule Parse(string spec)
    {
        if (CronSpec.IntervalOf(spec) is { } interval)
            return new CronSchedule(after => WholeSecond(after) + interval);

        var texts = CronSpec.FieldsOf(spec);
        var values = texts.Zip(CronField.All, (text, field) => field.ValuesOf(text)).ToArray();
        var needsBothDays = HasStar(texts[2]) || HasStar(texts[4]);
        return new CronSchedule(after => FirstMatch(values, needsBothDays, WholeMinute(after).AddMinutes(1)));
    }

    /// <summary>The first tick after a time; null if there is none within 5 years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _next(after.ToUniversalTime());

    /// <summary>The number of ticks after one time and up to another. Counting stops at a limit.</summary>
    /// <param name="after">The time after which ticks are counted.</param>
    /// <param name="until">The last time.</param>
    /// <param name="most">The limit.</param>
    public int Count(DateTimeOffset after, DateTimeOffset until, int most)
    {
        var count = 0;
        for (var tick = Next(after); tick <= until && count < most; tick = Next(tick.Value))
        {
            count++;
        }

        return count;
    }

    private static bool HasStar(string ranges) => ranges.Split(',').Any(range => CronField.IsStar(range.Split('/')[0]));

    private static DateTimeOffset? FirstMatch(IReadOnlySet<int>[] values, bool needsBothDays, DateTimeOffset from)
    {
        for (var at = from; at < from.AddYears(SearchedYears);)
        {
            if (!values[3].Contains(at.Month))
                at = StartOfDay(at).AddDays(1 - at.Day).AddMonths(1);
            else if (!MatchesDay(values, needsBothDays, at))
                at = StartOfDay(at).AddDays(1);
            else if (!values[1].Contains(at.Hour))
                at = at.AddMinutes(60 - at.Minute);
            else if (!values[0].Contains(at.Minute))
                at = at.AddMinutes(1);
            else
                return at;
        }

        return null;
    }

    // If a spec limits both the days of the month and the days of the week, a day has to match only one of them.
    private static bool MatchesDay(IReadOnlySet<int>[] values, bool needsBothDays, DateTimeOffset at)
    {
        var (ofMonth, ofWeek) = (values[2].Contains(at.Day), values[4].Contains((int)at.DayOfWeek));
        return needsBothDays ? ofMonth && ofWeek : ofMonth || ofWeek;
    }

    private static DateTimeOffset StartOfDay(DateTimeOffset at) => new(at.Date, TimeSpan.Zero);

    private static DateTimeOffset WholeMinute(DateTimeOffset at) => new(at.Year, at.Month, at.Day, at.Hour, at.Minute, 0, TimeSpan.Zero);

    private static DateTimeOffset WholeSecond(DateTimeOffset at) => WholeMinute(at).AddSeconds(at.Second);
}
