using System.Collections.Immutable;
using System.Text;
using PachUp.Engine.Routes;
using PachUp.Pachyderm;

namespace PachUp.Commands.Plans.FindPath;

/// <summary>Draws the path from one release to another as a Mermaid flow chart. Many wikis and code hosts can show it.</summary>
internal static class PathDrawing
{
    public static string Of(MigrationPath way)
    {
        var text = new StringBuilder().AppendLine("flowchart LR");
        ImmutableArray<Release> releases =
            [.. way.Hops.Concat(way.Alternatives.SelectMany(other => other.Hops)).SelectMany(hop => new[] { hop.From, hop.To }).Append(way.From).Distinct().Order()];
        foreach (var release in releases)
        {
            text.AppendLine($"  {IdOf(release)}[\"{release}\"]");
        }

        foreach (var hop in way.Hops)
        {
            text.AppendLine($"  {IdOf(hop.From)} -->|{LabelOf(hop)}| {IdOf(hop.To)}");
        }

        foreach (var hop in way.Alternatives.SelectMany(other => other.Hops).Except(way.Hops))
        {
            text.AppendLine($"  {IdOf(hop.From)} -.->|{LabelOf(hop)}| {IdOf(hop.To)}");
        }

        return text.ToString().TrimEnd();
    }

    private static string LabelOf(Hop hop) => hop.Kind.ToString().ToLowerInvariant();

    private static string IdOf(Release release) => "r" + string.Concat(release.ToString().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
