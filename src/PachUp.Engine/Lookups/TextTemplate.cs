using System.Collections.Immutable;
using System.Text;

namespace PachUp.Engine.Lookups;

/// <summary>A text with look-ups in it. <c>$${</c> is written for a literal <c>${</c>.</summary>
internal sealed class TextTemplate
{
    private readonly ImmutableArray<object> _parts;

    private TextTemplate(ImmutableArray<object> parts) => _parts = parts;

    public IEnumerable<Lookup> Lookups => _parts.OfType<Lookup>();

    /// <summary>Whether the text is one look-up and nothing else.</summary>
    public bool IsLookup => Lookups.Count() == 1 && _parts.All(part => part is Lookup or "");

    /// <summary>A literal text: dollar signs have no special meaning in it.</summary>
    public static TextTemplate Literal(string text) => new([text]);

    /// <summary>Reads a text.</summary>
    /// <exception cref="TextTemplateException">A look-up has no closing brace, or is empty.</exception>
    public static TextTemplate Parse(string text)
    {
        var parts = ImmutableArray.CreateBuilder<object>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            if (StartsWith(text, i, "$${"))
            {
                literal.Append("${");
                i += 3;
            }
            else if (StartsWith(text, i, "${"))
            {
                parts.Add(literal.ToString());
                literal.Clear();
                parts.Add(ReadLookup(text, i, out i));
            }
            else
            {
                literal.Append(text[i++]);
            }
        }

        parts.Add(literal.ToString());
        return new TextTemplate(parts.DrainToImmutable());
    }

    /// <summary>The text with every look-up replaced by its value; null if <paramref name="valueOf"/> returns null for one of them.</summary>
    public string? Fill(Func<Lookup, string?> valueOf)
    {
        var filled = new StringBuilder();
        foreach (var part in _parts)
        {
            if ((part is Lookup lookup ? valueOf(lookup) : (string)part) is not { } text)
            {
                return null;
            }

            filled.Append(text);
        }

        return filled.ToString();
    }

    private static bool StartsWith(string text, int at, string start) => string.CompareOrdinal(text, at, start, 0, start.Length) == 0;

    private static Lookup ReadLookup(string text, int start, out int next)
    {
        var end = text.IndexOf('}', start);
        if (end < 0)
        {
            throw new TextTemplateException("a look-up has no closing brace", "a closing brace; a literal \"${\" is written \"$${\"", start);
        }

        next = end + 1;
        var path = text[(start + 2)..end].Split('.', StringSplitOptions.TrimEntries);
        return path.Any(name => name.Length == 0)
            ? throw new TextTemplateException($"\"{text[start..next]}\" looks up nothing", "names with dots between them, such as ${parameters.archive}", start)
            : new Lookup([.. path], start);
    }
}

/// <summary>A text with a look-up that cannot be read.</summary>
internal sealed class TextTemplateException(string problem, string expected, int offset) : Exception(problem)
{
    public string Expected => expected;

    public int Offset => offset;
}
