using PachUp.Model;

namespace PachUp.Views;

/// <summary>A summary of a run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Its state.</param>
/// <param name="Started">When it was started.</param>
/// <param name="Plan">The plan's name.</param>
/// <param name="Hash">The plan's hash.</param>
/// <param name="Path">Its directory.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record RunLineDocument(
    string Id, string State, DateTimeOffset? Started, string? Plan, string? Hash, string Path, string? Problem)
{
    public static RunLineDocument Of(RunSummary run) =>
        new(run.Id, run.State, run.Started, run.Plan?.PlanName, run.Plan?.Hash, run.Path, run.Problem);
}
