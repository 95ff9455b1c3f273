using PachUp.Cli.Terminals;
using PachUp.Views;

namespace PachUp.Commands.Clusters.Status;

/// <summary>What runs left behind, before everything else: it decides what may be done next.</summary>
internal static class AttentionView
{
    public static void Write(Page page, IReadOnlyCollection<Attention> all)
    {
        foreach (var attention in all)
        {
            page.Line(Look.Warning(attention.Text));
            foreach (var next in attention.Next)
            {
                NextCommandView.Write(page, next);
            }

            page.Blank();
        }
    }
}
