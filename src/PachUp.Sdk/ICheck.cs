using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PachUp.Sdk;

/// <summary>A question about the clusters that is asked before anything changes.</summary>
public interface ICheck
{
    /// <summary>The name by which users accept or look up the check: lower case with dashes, such as <c>open-commits</c>.</summary>
    string Name { get; }

    /// <summary>The question, such as "Are there open commits on the source?".</summary>
    string Question { get; }

    /// <summary>The explanation of the check.</summary>
    CheckGuide Guide { get; }

    /// <summary>Whether the question applies to plans with this purpose. Default: only to migrations.</summary>
    bool IsAbout(PlanPurpose purpose) => purpose == PlanPurpose.Migration;

    /// <summary>
    /// Whether the question is about the machine or user that asks (disk, clock, permissions), not about the clusters. The answer is then not part of
    /// the
    /// plan's hash: the plan may be carried out on another machine, which asks again.
    /// </summary>
    bool IsAboutThisMachine => false;

    /// <summary>
    /// Whether the question is about the target itself. A rehearsal replaces the target with a sandbox, so its answer is not about the real target.
    /// </summary>
    bool IsAboutTarget => false;

    /// <summary>Whether only a live source can answer. If an archive replaces the source, the answer means nothing.</summary>
    bool NeedsLiveSource => false;

    /// <summary>Answers the question. It only reads. It returns problems and does not throw them.</summary>
    Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken);
}

/// <summary>The answer to a check.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Found">What was found, in one sentence.</param>
/// <param name="Remedy">What the user has to do; empty for nothing.</param>
public sealed record CheckResult(CheckOutcome Outcome, string Found, string Remedy = "")
{
    /// <summary>The affected things, one by one.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>Whether a refusal becomes a warning if its check is accepted by name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsAcceptable { get; init; }

    /// <summary>
    /// The result if the plan accepts the check by name: an acceptable refusal becomes a warning. Null if the result cannot be accepted.
    /// </summary>
    public CheckResult? WhenAccepted() =>
        Outcome == CheckOutcome.Warning || IsAcceptable ? this with { Outcome = CheckOutcome.Warning } : null;

    /// <summary>No problem was found.</summary>
    public static CheckResult Passed(string found) => new(CheckOutcome.Passed, found);

    /// <summary>The user has to decide, and may accept the check by name.</summary>
    public static CheckResult Warning(string found, string remedy, params IEnumerable<string> items) =>
        new(CheckOutcome.Warning, found, remedy) { Items = [.. items] };

    /// <summary>The plan is refused. The user cannot accept this.</summary>
    public static CheckResult Refused(string found, string remedy, params IEnumerable<string> items) =>
        new(CheckOutcome.Refused, found, remedy) { Items = [.. items] };

    /// <summary>The plan is refused unless the user has accepted the check by name: the plan would lose something.</summary>
    public static CheckResult RefusedUnlessAccepted(string found, string remedy, params IEnumerable<string> items) =>
        Refused(found, remedy, items) with { IsAcceptable = true };
}

/// <summary>The possible outcomes of a check.</summary>
public enum CheckOutcome
{
    /// <summary>No problem was found.</summary>
    Passed,

    /// <summary>The user has to decide.</summary>
    Warning,

    /// <summary>The plan is refused.</summary>
    Refused,
}
