using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using PachUp.Common.Text;

namespace PachUp.Engine.Runs.Reports.Html;

/// <summary>
/// Writes HTML in which nothing can come from data but text: it escapes every text and every value of an attribute, and knows only a few elements and
/// attributes, none of which runs a script or loads something.
/// </summary>
internal sealed class HtmlWriter
{
    private static readonly FrozenSet<string> Elements = FrozenSet.ToFrozenSet(
    [
        "html", "head", "meta", "title", "style", "body", "main", "header", "section", "h1", "h2", "h3", "p", "strong", "dl", "dt", "dd", "ul", "li", "div",
        "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "span", "svg", "g", "rect", "path", "line", "text",
    ]);

    private static readonly FrozenSet<string> EmptyElements = FrozenSet.ToFrozenSet(["meta"]);

    private static readonly FrozenSet<string> Attributes = FrozenSet.ToFrozenSet(
    [
        "lang", "charset", "name", "content", "http-equiv", "class", "scope", "role", "aria-label", "viewBox", "width", "height", "x", "y", "x1", "x2", "y1",
        "y2", "rx", "d", "text-anchor",
    ]);

    private readonly StringBuilder _html = new("<!DOCTYPE html>\n");
    private readonly Stack<string> _open = new();

    /// <summary>Begins an element.</summary>
    public void Begin(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        if (!Elements.Contains(element))
        {
            throw new ArgumentException($"\"{element}\" is not an element of a report", nameof(element));
        }

        _html.Append(CultureInfo.InvariantCulture, $"<{element}");
        foreach (var (name, value) in attributes)
        {
            if (!Attributes.Contains(name))
            {
                throw new ArgumentException($"\"{name}\" is not an attribute of a report", nameof(attributes));
            }

            _html.Append(CultureInfo.InvariantCulture, $" {name}=\"{Escape(value)}\"");
        }

        _html.Append('>');
        if (!EmptyElements.Contains(element))
        {
            _open.Push(element);
        }
    }

    /// <summary>Ends the element that was begun last.</summary>
    public void End()
    {
        var element = _open.Pop();
        _html.Append(CultureInfo.InvariantCulture, $"</{element}>");
        if (element is not ("span" or "strong" or "td" or "th" or "text"))
        {
            _html.Append('\n');
        }
    }

    /// <summary>A text in the current element.</summary>
    public void Text(string text) => _html.Append(Escape(text));

    /// <summary>An element with a text and nothing else.</summary>
    public void Element(string element, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(element, attributes);
        Text(text);
        End();
    }

    /// <summary>The style sheet. It is the only text that is not escaped, and a constant.</summary>
    public void StyleSheet()
    {
        Begin("style");
        _html.Append(ReportStyle.Sheet);
        End();
    }

    /// <inheritdoc/>
    public override string ToString() => _open.Count == 0 ? _html.ToString() : throw new InvalidOperationException($"the element \"{_open.Peek()}\" has no end");

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in SafeText.Of(text))
        {
            _ = character switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }
}
