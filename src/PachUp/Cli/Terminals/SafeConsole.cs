using PachUp.Common.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PachUp.Cli.Terminals;

/// <summary>
/// The last filter before the terminal: whatever is drawn, live displays and questions included, its text has no character that controls the terminal. The
/// console's own sequences for colours and the cursor are not text and pass.
/// </summary>
internal sealed class SafeConsole : IRenderHook
{
    /// <summary>Adds the filter to a console.</summary>
    public static void Protect(IAnsiConsole console) => console.Pipeline.Attach(new SafeConsole());

    /// <summary>A text of others for a live display or a question: visible, on one line, and not read as markup.</summary>
    public static string Markup(string text) => Spectre.Console.Markup.Escape(SafeText.Of(text));

    /// <inheritdoc/>
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) => renderables.Select(drawn => new Safe(drawn));

    private sealed class Safe(IRenderable drawn) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => drawn.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => drawn.Render(options, maxWidth).Select(Filter);

        private static Segment Filter(Segment segment) => segment.IsControlCode || segment.IsLineBreak || SafeText.IsSafe(segment.Text)
            ? segment
            : new Segment(SafeText.OfDocument(segment.Text), segment.Style, segment.Link);
    }
}
