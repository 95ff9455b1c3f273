using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PachUp.Sdk;

/// <summary>One question that is asked of the clusters before anything changes.</summary>
public interface ICheck
{
    /// <summary>What people accept or look up: lower case with dashes, such as <c>open-commits</c>.</summary>
    string Name { get; }

    /// <summary>The question, such as "Are there open commits on the source?".</summary>
    string Question { get; }

    /// <summary>What people read who look it up.</summary>
    CheckGuide Guide { get; }

    /// <summary>Whether the question makes sense for plans of a purpose. Default: for migrations.</summary>
    bool IsAbout(PlanPurpose purpose) => purpose == PlanPurpose.Migration;

    /// <summary>
    /// Whether the question is about the machine that it is asked on, or whoever asks (disk, clock, permissions), and not about the clusters. The answer
    /// is no part of a plan's hash then, since the plan may be carried out elsewhere, where it is asked again.
    /// </summary>
    bool IsAboutThisMachine => false;

    /// <summary>Whether the question is about the target itself. In a rehearsal a sandbox stands in for the target, so its answer says nothing about the real one.</summary>
    bool IsAboutTarget => false;

    /// <summary>Whether only a source that answers can be asked. Where an archive stands in for the source, the answer says nothing.</summary>
    bool NeedsLiveSource => false;

    /// <summary>Asks. Reads only. What is wrong is returned, not thrown.</summary>
    Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken);
}

/// <summary>The answer to a check.</summary>
/// <param name="Outcome">How it came out.</param>
/// <param name="Found">What was found, in one sentence.</param>
/// <param name="Remedy">What to do about it; empty where nothing is to be done.</param>
public sealed record CheckResult(CheckOutcome Outcome, string Found, string Remedy = "")
{
    /// <summary>The things it is about, one by one.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>Whether a refusal becomes a warning where its check is accepted by name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsAcceptable { get; init; }

    /// <summary>The result where the plan accepts its check by name: a refusal that may be accepted is a warning then. Null where nothing can be accepted.</summary>
    public CheckResult? WhenAccepted() =>
        Outcome == CheckOutcome.Warning || IsAcceptable ? this with { Outcome = CheckOutcome.Warning } : null;

    /// <summary>All is well.</summary>
    public static CheckResult Passed(string found) => new(CheckOutcome.Passed, found);

    /// <summary>Somebody has to decide; it may be accepted by name.</summary>
    public static CheckResult Warning(string found, string remedy, params IEnumerable<string> items) =>
        new(CheckOutcome.Warning, found, remedy) { Items = [.. items] };

    /// <summary>No; it cannot be accepted.</summary>
    public static CheckResult Refused(string found, string remedy, params IEnumerable<string> items) =>
        new(CheckOutcome.Refused, found, remedy) { Items = [.. items] };

    /// <summary>No, unless somebody has accepted it by name: something is lost that the plan cannot keep.</summary>
    public static CheckResult RefusedUnlessAccepted(string found, string remedy, params IEnumerable<string> items) =>
        Refused(found, remedy, items) with { IsAcceptable = true };
}

/// <summary>How a check can come out.</summary>
public enum CheckOutcome
{
    /// <summary>All is well.</summary>
    Passed,

    /// <summary>Somebody has to decide.</summary>
    Warning,

    /// <summary>Nothing will be done.</summary>
    Refused,
}
