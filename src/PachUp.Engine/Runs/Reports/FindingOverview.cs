using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PachUp.Engine.Planning;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Reports;

/// <summary>What a check found before the run, and who accepted it.</summary>
/// <param name="Check">The name of the check.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="AcceptedBy">Who accepted it.</param>
/// <param name="Found">What was found.</param>
/// <param name="Items">The affected things, one by one.</param>
public sealed record FindingOverview(string Check, CheckOutcome Outcome, Acceptance AcceptedBy, string Found, ImmutableArray<string> Items)
{
    /// <summary>Whether the check passed, so that there is nothing to decide.</summary>
    [JsonIgnore]
    public bool IsPassed => Outcome == CheckOutcome.Passed;

    internal static ImmutableArray<FindingOverview> Of(PlanPreview plan) =>
    [
        .. plan.Findings.Select(finding => new FindingOverview(
            finding.Check, finding.Result.Outcome, AcceptanceOf(finding, plan), finding.Result.Found, finding.Result.Items)),
    ];

    private static Acceptance AcceptanceOf(Finding finding, PlanPreview plan) => (finding.Accepted, plan.Accepted.Contains(finding.Check)) switch
    {
        (false, _) => Acceptance.None,
        (true, true) => Acceptance.CommandLine,
        (true, false) => Acceptance.Plan,
    };
}

/// <summary>Who accepted a finding.</summary>
public enum Acceptance
{
    /// <summary>It was not accepted, or needed no acceptance.</summary>
    None,

    /// <summary>The plan file.</summary>
    Plan,

    /// <summary>The command line.</summary>
    CommandLine,
}
