using System.Collections.Immutable;
using PachUp.Common.Text;
using Spectre.Console;

namespace PachUp.Cli.Terminals;

/// <summary>A text whose parts have styles.</summary>
/// <param name="Parts">The parts, in order.</param>
internal readonly record struct StyledText(ImmutableArray<StyledPart> Parts)
{
    public static implicit operator StyledText(string text) => new([new StyledPart(text, Style.Plain)]);

    public static StyledText operator +(StyledText left, StyledText right) => new([.. left.Parts, .. right.Parts]);

    /// <summary>The characters from one place up to another.</summary>
    public StyledText Slice(int start, int end)
    {
        var slice = ImmutableArray.CreateBuilder<StyledPart>();
        var offset = 0;
        foreach (var part in Parts)
        {
            var from = Math.Clamp(start - offset, 0, part.Text.Length);
            var to = Math.Clamp(end - offset, 0, part.Text.Length);
            if (from < to)
            {
                slice.Add(part with { Text = part.Text[from..to] });
            }

            offset += part.Text.Length;
        }

        return new StyledText(slice.ToImmutable());
    }

    /// <summary>The text with everything visible and on one line: see <see cref="SafeText"/>.</summary>
    public StyledText Safe() => new([.. Parts.Select(part => part with { Text = SafeText.Of(part.Text) })]);

    /// <summary>The text without its styles.</summary>
    public override string ToString() => string.Concat(Parts.Select(part => part.Text));
}

/// <summary>A part of a text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Style">The style.</param>
internal readonly record struct StyledPart(string Text, Style Style);

/// <summary>
/// The styles of texts. Colour adds no information: the text says the same. Each colour has a contrast of at least 4.5 to 1 on white and on black, because
/// a program cannot know which of them the terminal has.
/// </summary>
internal static class Look
{
    /// <summary>The colours of text.</summary>
    internal static readonly Color Green = new(0, 137, 0), Amber = new(174, 100, 0), Red = new(235, 0, 0);

    public static StyledText Heading(string text) => Of(text, new Style(decoration: Decoration.Bold));

    public static StyledText Good(string text) => Of(text, new Style(Green));

    public static StyledText Warning(string text) => Of(text, new Style(Amber));

    public static StyledText Bad(string text) => Of(text, new Style(Red));

    private static StyledText Of(string text, Style style) => new([new StyledPart(text, style)]);
}
