using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace PachUp.Engine.Steps.Failing;

/// <summary>Replaces several texts in one pass. A replacement is not replaced again. If two texts match at the same place, the longer one is replaced.</summary>
internal sealed class Replacements
{
    private readonly FrozenDictionary<string, string> _replacements;
    private readonly Regex? _any;

    /// <param name="replacements">The texts and their replacements. Each text must occur once.</param>
    public Replacements(IEnumerable<KeyValuePair<string, string>> replacements)
    {
        _replacements = replacements.ToFrozenDictionary(StringComparer.Ordinal);
        _any = _replacements.Count == 0
            ? null
            : new Regex(string.Join('|', _replacements.Keys.OrderByDescending(text => text.Length).Select(Regex.Escape)), RegexOptions.CultureInvariant);
    }

    /// <summary>Whether there are no replacements.</summary>
    public bool IsEmpty => _any is null;

    /// <summary>The reverse replacements.</summary>
    public Replacements Inverse() => new(_replacements.Select(replacement => KeyValuePair.Create(replacement.Value, replacement.Key)));

    /// <summary>The text with all replacements.</summary>
    public string Apply(string text) => _any?.Replace(text, found => _replacements[found.Value]) ?? text;
}
