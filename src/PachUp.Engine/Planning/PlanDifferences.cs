using System.Collections.Immutable;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>What is different between a plan that was read and the plan that would be carried out now.</summary>
/// <param name="What">The part of the plan.</param>
/// <param name="Before">How it was.</param>
/// <param name="Now">How it is.</param>
public sealed record PlanDifference(string What, string Before, string Now)
{
    private const string Absent = "not in the plan";

    /// <summary>Every difference that changes the hash, in the order of the plan.</summary>
    public static ImmutableArray<PlanDifference> Between(PlanPreview before, PlanPreview now) =>
    [
        .. Compare("the content of the plan file", before.PlanSha256[..12], now.PlanSha256[..12]),
        .. Compare(before.Source, now.Source, "source"),
        .. Compare(before.Target, now.Target, "target"),
        .. Compare("the release of the target", $"{before.TargetRelease}", $"{now.TargetRelease}"),
        .. Compare("the backup", before.Backup?.Sha256 ?? Absent, now.Backup?.Sha256 ?? Absent),
        .. CompareAll(before.Accepted.ToDictionary(check => check, _ => "accepted"), now.Accepted.ToDictionary(check => check, _ => "accepted"), check => $"warnings of check {check}", "not accepted"),
        .. CompareAll(before.Parameters, now.Parameters, name => $"parameter {name}", Absent),
        .. CompareAll(FindingsOf(before), FindingsOf(now), check => $"check {check}", "not asked"),
        .. CompareAll(ChangesOf(before), ChangesOf(now), item => item, "arrives unchanged"),
        .. CompareAll(StepsOf(before), StepsOf(now), step => $"step {step}", Absent),
    ];

    private static IEnumerable<PlanDifference> Compare(ClusterFacts before, ClusterFacts now, string name) =>
    [
        .. Compare($"the address of the {name}", before.Address, now.Address),
        .. Compare($"the id of the {name}", before.ClusterId ?? "not known", now.ClusterId ?? "not known"),
        .. Compare($"the release of the {name}'s pachd", $"{before.Release?.ToString() ?? "not known"}", $"{now.Release?.ToString() ?? "not known"}"),
    ];

    private static IEnumerable<PlanDifference> Compare(string what, string before, string now) => before == now ? [] : [new PlanDifference(what, before, now)];

    private static IEnumerable<PlanDifference> CompareAll(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now, Func<string, string> name, string absent) =>
        before.Keys.Union(now.Keys).SelectMany(key => Compare(name(key), before.GetValueOrDefault(key, absent), now.GetValueOrDefault(key, absent)));

    /// <summary>The outcomes, each with what was found. Only the outcome counts, because counts change on a cluster in use.</summary>
    private static Dictionary<string, string> FindingsOf(PlanPreview plan) => plan.Findings
        .Where(finding => !finding.IsAboutThisMachine)
        .DistinctBy(finding => finding.Check)
        .ToDictionary(finding => finding.Check, finding => finding.Result.Outcome.ToString().ToLowerInvariant());

    private static Dictionary<string, string> ChangesOf(PlanPreview plan) => plan.Changes
        .Where(PlanFingerprint.IsPromise)
        .GroupBy(change => change.Item.Describe())
        .ToDictionary(group => group.Key, group => string.Join(", ", group.Select(change => $"{NameOf(change.Kind)} ({change.Rule})").Order(StringComparer.Ordinal)));

    private static Dictionary<string, string> StepsOf(PlanPreview plan) => plan.Steps.ToDictionary(
        step => step.Id,
        step => step.Preview.Effects.IsEmpty ? step.Uses : $"{step.Uses}: {string.Join("; ", step.Preview.Effects.Select(effect => plan.WithIdentities($"{effect.Verb} {effect.Thing} {effect.Detail}".TrimEnd())))}");

    private static string NameOf(ChangeKind kind) => kind == ChangeKind.LeftOut ? "left out" : kind.ToString().ToLowerInvariant();
}
