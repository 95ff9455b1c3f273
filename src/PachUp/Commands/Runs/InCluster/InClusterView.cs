using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Sdk.Platforms;

namespace PachUp.Commands.Runs.InCluster;

/// <summary>Shows what PachUp creates in the cluster, and the findings.</summary>
internal static class InClusterView
{
    public static void Write(Page page, RemoteRun run, RemotePreview preview, bool inFull)
    {
        page.Heading($"In the cluster: {run.Image} {string.Join(' ', run.Arguments)}");
        foreach (var effect in preview.Effects)
        {
            page.Hang($"{effect.Verb,-7} ", effect.Detail.Length > 0 ? $"{effect.Thing}: {effect.Detail}" : effect.Thing, level: 1);
        }

        page.Blank();
        if (inFull)
        {
            page.Json(preview.Manifests);
        }
    }

    public static void WriteAdvice(Page page, IEnumerable<RemoteAdvice> advice)
    {
        foreach (var piece in advice)
        {
            page.Blank();
            page.Line(piece.Purpose);
            foreach (var command in piece.Commands)
            {
                page.Command(command);
            }
        }
    }
}

/// <summary>The answer of <c>apply</c> and <c>rollback</c> with <c>--in-cluster</c>.</summary>
/// <param name="Plan">The plan; null if a run is continued, or a working job is followed.</param>
/// <param name="Preview">What would be created; null if it was created.</param>
/// <param name="Job">The job; null if none was started.</param>
internal sealed record InClusterDocument(PlanPreview? Plan, RemotePreview? Preview, JobDocument? Job);

/// <summary>How a job ended.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where it is.</param>
/// <param name="ExitCode">Its exit code; 1 if it did not end by itself.</param>
/// <param name="Reason">Why it did not end by itself; empty if it did.</param>
internal sealed record JobDocument(string Name, string Place, int ExitCode, string Reason);
