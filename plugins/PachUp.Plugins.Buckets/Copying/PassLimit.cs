using System.Globalization;
using PachUp.Common.Text;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Copying;

/// <summary>When passes have copied enough: a pass was small (<c>1%</c>), or short (<c>30s</c>), or a number of passes is done.</summary>
/// <param name="Share">The largest share of all copied bytes that the last pass may have copied; null if this does not count.</param>
/// <param name="Time">The longest time that the last pass may have taken; null if this does not count.</param>
/// <param name="Passes">The number of passes; null if this does not count.</param>
internal sealed record PassLimit(double? Share, TimeSpan? Time, int? Passes)
{
    /// <summary>Reads the limit of a plan.</summary>
    /// <exception cref="StepFailedException">The text is no limit.</exception>
    public static PassLimit Parse(string text)
    {
        var number = text.TrimEnd('%', 's', 'm');
        var unit = text[number.Length..];
        if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            switch (unit)
            {
                case "%" when value is > 0 and < 100:
                    return new PassLimit(value / 100, null, null);
                case "s" when value > 0:
                    return new PassLimit(null, TimeSpan.FromSeconds(value), null);
                case "m" when value > 0:
                    return new PassLimit(null, TimeSpan.FromMinutes(value), null);
                case "" when value is >= 1 and <= 100 && double.IsInteger(value):
                    return new PassLimit(null, null, (int)value);
            }
        }

        throw StepFailedException.Refused($"\"until\" is \"{text}\"", "Give a share (1%), a time (30s, 5m), or a number of passes from 1 to 100.");
    }

    /// <summary>Whether no more passes are needed.</summary>
    /// <param name="passes">The passes so far.</param>
    public bool IsReachedBy(IReadOnlyList<CopiedPass> passes) => passes is [.., var last] && this switch
    {
        { Share: { } share } => last.Bytes <= share * passes.Sum(pass => pass.Bytes),
        { Time: { } time } => last.Took <= time,
        _ => passes.Count >= Passes,
    };

    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        { Share: { } share } => string.Create(CultureInfo.InvariantCulture, $"until a pass copies less than {share * 100:0.##}% of what was copied"),
        { Time: { } time } => $"until a pass takes less than {Words.Duration(time)}",
        _ => $"in {Words.Count(Passes ?? 1, "pass")}",
    };
}
