using System.Text.RegularExpressions;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>Amounts as Kubernetes writes them: <c>64M</c>, <c>1.5Gi</c>, <c>1e3</c>.</summary>
internal static partial class Quantity
{
    private static readonly HashSet<string> Suffixes = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    /// <summary>The error of Kubernetes for a text that is not an amount; null for an amount.</summary>
    public static string? FindMistake(string text)
    {
        var match = Pattern().Match(text);
        return match switch
        {
            { Success: false } => "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
            _ when match.Groups["number"].Value.Count(character => character == '.') > 1 => "unable to parse numeric part of quantity",
            _ when IsSuffix(match.Groups["suffix"].Value) => null,
            _ => "unable to parse quantity's suffix",
        };
    }

    private static bool IsSuffix(string suffix) => Suffixes.Contains(suffix) || ExponentPattern().IsMatch(suffix);

    [GeneratedRegex("^(?<number>[+-]?[0-9.]+)(?<suffix>[eEinumkKMGTP]*[-+]?[0-9]*)$")]
    private static partial Regex Pattern();

    [GeneratedRegex("^[eE][-+]?[0-9]+$")]
    private static partial Regex ExponentPattern();
}
