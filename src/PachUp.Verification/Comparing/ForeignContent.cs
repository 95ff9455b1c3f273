using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Comparing;

/// <summary>
/// What a target has that did not come from the source. While a run fills a cluster, nobody else may write there, so somebody did. Nothing is lost by that,
/// but a person has to know before the target is used.
/// </summary>
public static class ForeignContent
{
    /// <summary>The foreign content that verification found.</summary>
    /// <param name="report">What verification found; null if nothing was compared.</param>
    /// <param name="purpose">What the plan does. Where a cluster keeps its content, its users may write to it; files that are loaded again make new commits.</param>
    public static ImmutableArray<InventoryItem> In(VerificationReport? report, PlanPurpose purpose) =>
        report is not null && purpose is PlanPurpose.Migration or PlanPurpose.Restore ? report.Added : [];
}
