using PachUp.Common.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PachUp.Cli.Progress;

/// <summary>The column of the one bar that shows percent, rate and time left, as far as they are known.</summary>
internal sealed class RateColumn : ProgressColumn
{
    /// <summary>What it shows.</summary>
    public string Shown { get; set; } = "";

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(SafeText.Of(Shown)) { Overflow = Overflow.Ellipsis };
}
