using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace PachUp.Engine.Steps.Failing;

/// <summary>Texts that take the place of others, all in one pass: what was put in is not looked at again. Of two that fit, the longer one counts.</summary>
internal sealed class Replacements
{
    private readonly FrozenDictionary<string, string> _replacements;
    private readonly Regex? _any;

    /// <param name="replacements">What is replaced, none twice, and by what.</param>
    public Replacements(IEnumerable<KeyValuePair<string, string>> replacements)
    {
        _replacements = replacements.ToFrozenDictionary(StringComparer.Ordinal);
        _any = _replacements.Count == 0
            ? null
            : new Regex(string.Join('|', _replacements.Keys.OrderByDescending(text => text.Length).Select(Regex.Escape)), RegexOptions.CultureInvariant);
    }

    /// <summary>Whether nothing is replaced.</summary>
    public bool IsEmpty => _any is null;

    /// <summary>The other way round.</summary>
    public Replacements Inverse() => new(_replacements.Select(replacement => KeyValuePair.Create(replacement.Value, replacement.Key)));

    /// <summary>The text with everything replaced.</summary>
    public string Apply(string text) => _any?.Replace(text, found => _replacements[found.Value]) ?? text;
}
