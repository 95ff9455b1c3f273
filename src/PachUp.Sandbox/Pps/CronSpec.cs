using System.Globalization;
using System.Text.RegularExpressions;

namespace PachUp.Sandbox.Pps;

/// <summary>When a cron input ticks: five fields as in crontab, or a description such as <c>@daily</c> or <c>@every 24h</c>.</summary>
internal static partial class CronSpec
{
    private const string Every = "@every ";

    private static readonly HashSet<string> Descriptions = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly Field[] Fields = [new(0, 59, []), new(0, 23, []), new(1, 31, []), new(1, 12, Months), new(0, 6, Days)];

    private sealed record Field(int First, int Last, string[] Names);

    /// <summary>What the server says is wrong with a text; null where it can be read.</summary>
    public static string? FindMistake(string spec) => spec switch
    {
        "" => "Empty spec string",
        ['@', ..] => FindMistakeInDescription(spec),
        _ => FindMistakeInFields(spec),
    };

    private static string? FindMistakeInDescription(string spec)
    {
        if (!spec.StartsWith(Every, StringComparison.Ordinal))
            return Descriptions.Contains(spec) ? null : $"Unrecognized descriptor: {spec}";

        var duration = spec[Every.Length..];
        return DurationPattern().IsMatch(duration) ? null : $"Failed to parse duration {spec}: time: invalid duration {duration}";
    }

    private static string? FindMistakeInFields(string spec)
    {
        var fields = spec.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length != Fields.Length
            ? string.Create(CultureInfo.InvariantCulture, $"Expected exactly {Fields.Length} fields, found {fields.Length}: {spec}")
            : fields.Zip(Fields)
                .SelectMany(pair => pair.First.Split(',').Select(range => FindMistake(range, pair.Second)))
                .FirstOrDefault(mistake => mistake is not null);
    }

    private static string? FindMistake(string range, Field field)
    {
        var stepped = range.Split('/');
        var bounds = stepped[0].Split('-');
        if (bounds.Length > 2)
            return $"Too many hyphens: {range}";

        if (stepped.Length > 2)
            return $"Too many slashes: {range}";

        var numbers = bounds[0] is "*" or "?" ? [] : bounds;
        return FindMistakeInNumbers(numbers, field) ?? FindMistakeInNumbers(stepped[1..], field) ?? FindMistakeInBounds(range, numbers, field);
    }

    private static string? FindMistakeInNumbers(IEnumerable<string> texts, Field field) =>
        texts.Where(text => ValueOf(text, field) is null)
            .Select(text => $"Failed to parse int from {text}: strconv.Atoi: parsing \"{text}\": invalid syntax")
            .FirstOrDefault();

    private static string? FindMistakeInBounds(string range, string[] bounds, Field field)
    {
        if (bounds is [])
            return null;

        var first = ValueOf(bounds[0], field)!.Value;
        var last = ValueOf(bounds[^1], field)!.Value;
        return 0 switch
        {
            _ when first < field.First => Say($"Beginning of range ({first}) below minimum ({field.First}): {range}"),
            _ when last > field.Last => Say($"End of range ({last}) above maximum ({field.Last}): {range}"),
            _ when first > last => Say($"Beginning of range ({first}) beyond end of range ({last}): {range}"),
            _ => null,
        };
    }

    private static int? ValueOf(string text, Field field)
    {
        var name = Array.IndexOf(field.Names, text.ToLowerInvariant());
        if (name >= 0)
            return name + field.First;

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[-+]?((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$|^0$")]
    private static partial Regex DurationPattern();
}
