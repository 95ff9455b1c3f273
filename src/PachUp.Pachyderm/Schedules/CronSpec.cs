using System.Globalization;
using System.Text.RegularExpressions;

namespace PachUp.Pachyderm.Schedules;

/// <summary>The spec of a cron input: five fields as in crontab, or a descriptor such as <c>@daily</c> or <c>@every 24h</c>.</summary>
internal static partial class CronSpec
{
    private const string Every = "@every ";

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, string> Descriptions = new(StringComparer.Ordinal)
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    };

    private static readonly Dictionary<string, double> Milliseconds = new(StringComparer.Ordinal)
    {
        ["ns"] = 1e-6,
        ["us"] = 1e-3,
        ["µs"] = 1e-3,
        ["ms"] = 1,
        ["s"] = 1e3,
        ["m"] = 6e4,
        ["h"] = 3.6e6,
    };

    /// <summary>The error of the server for a spec; null if the spec is valid.</summary>
    public static string? FindMistake(string spec) => spec switch
    {
        "" => "Empty spec string",
        ['@', ..] => FindMistakeInDescription(spec),
        _ => FindMistakeInFields(spec),
    };

    /// <summary>The five fields of a valid spec that is not an interval.</summary>
    public static string[] FieldsOf(string spec) =>
        Descriptions.GetValueOrDefault(spec, spec).Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The interval of <c>@every</c>, in whole seconds and at least 1 second; null for other specs.</summary>
    public static TimeSpan? IntervalOf(string spec)
    {
        if (!spec.StartsWith(Every, StringComparison.Ordinal))
            return null;

        var parts = DurationPartPattern().Matches(spec[Every.Length..]);
        var milliseconds = parts.Sum(part =>
            double.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture) * Milliseconds[part.Groups["unit"].Value]);
        var interval = TimeSpan.FromSeconds(Math.Floor(milliseconds / 1000));
        return interval < ShortestInterval || spec[Every.Length] == '-' ? ShortestInterval : interval;
    }

    private static string? FindMistakeInDescription(string spec)
    {
        if (!spec.StartsWith(Every, StringComparison.Ordinal))
            return Descriptions.ContainsKey(spec) ? null : $"Unrecognized descriptor: {spec}";

        var duration = spec[Every.Length..];
        return DurationPattern().IsMatch(duration) ? null : $"Failed to parse duration {spec}: time: invalid duration {duration}";
    }

    private static string? FindMistakeInFields(string spec)
    {
        var fields = FieldsOf(spec);
        return fields.Length != CronField.All.Count
            ? string.Create(CultureInfo.InvariantCulture, $"Expected exactly {CronField.All.Count} fields, found {fields.Length}: {spec}")
            : fields.Zip(CronField.All)
                .SelectMany(pair => pair.First.Split(',').Select(range => FindMistake(range, pair.Second)))
                .FirstOrDefault(mistake => mistake is not null);
    }

    private static string? FindMistake(string range, CronField field)
    {
        var stepped = range.Split('/');
        var bounds = stepped[0].Split('-');
        if (bounds.Length > 2)
            return $"Too many hyphens: {range}";

        if (stepped.Length > 2)
            return $"Too many slashes: {range}";

        var numbers = CronField.IsStar(bounds[0]) ? [] : bounds;
        return FindMistakeInNumbers(numbers, field) ?? FindMistakeInNumbers(stepped[1..], field) ?? FindMistakeInBounds(range, numbers, field);
    }

    private static string? FindMistakeInNumbers(IEnumerable<string> texts, CronField field) =>
        texts.Where(text => field.ValueOf(text) is null)
            .Select(text => $"Failed to parse int from {text}: strconv.Atoi: parsing \"{text}\": invalid syntax")
            .FirstOrDefault();

    private static string? FindMistakeInBounds(string range, string[] bounds, CronField field)
    {
        if (bounds is [])
            return null;

        var first = field.ValueOf(bounds[0])!.Value;
        var last = field.ValueOf(bounds[^1])!.Value;
        return 0 switch
        {
            _ when first < field.First => Say($"Beginning of range ({first}) below minimum ({field.First}): {range}"),
            _ when last > field.Last => Say($"End of range ({last}) above maximum ({field.Last}): {range}"),
            _ when first > last => Say($"Beginning of range ({first}) beyond end of range ({last}): {range}"),
            _ => null,
        };
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[-+]?((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$|^0$")]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"(?<number>\d+(\.\d*)?|\.\d+)(?<unit>ns|us|µs|ms|s|m|h)")]
    private static partial Regex DurationPartPattern();
}
