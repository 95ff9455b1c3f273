using PachUp.Model;
using PachUp.Views;

namespace PachUp.Commands.Runs.List;

/// <summary>The answer of <c>runs list</c>.</summary>
/// <param name="Runs">All runs, newest first.</param>
internal sealed record RunsDocument(IReadOnlyList<RunLineDocument> Runs)
{
    public static RunsDocument Of(IEnumerable<RunSummary> runs) => new([.. runs.Select(RunLineDocument.Of)]);
}
