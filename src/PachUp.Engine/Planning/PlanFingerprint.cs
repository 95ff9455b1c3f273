using System.Security.Cryptography;
using System.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>
/// The hash of a preview: the plan and its parameters, the clusters and releases, the results of the checks, what will be lost, renamed or changed,
/// and what the steps will change. Counts are excluded, because commits arrive on a cluster in use while the user reads the plan. Checks of this
/// machine are excluded, because another machine may carry out the plan.
/// </summary>
internal static class PlanFingerprint
{
    private const int Digits = 12;

    public static string Of(PlanPreview preview)
    {
        var text = new StringBuilder();
        text.AppendJoin('\n', Lines(preview));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Digits];
    }

    private static IEnumerable<string> Lines(PlanPreview preview) =>
    [
        $"plan {preview.PlanSha256}",
        $"source {preview.Source.Address} {preview.Source.ClusterId} {preview.Source.Release}",
        $"target {preview.Target.Address} {preview.Target.ClusterId} {preview.TargetRelease}",
        .. preview.Backup is { } backup ? [$"backup {backup.Sha256}"] : Array.Empty<string>(),
        .. preview.Accepted.Order(StringComparer.Ordinal).Select(check => $"accepts {check}"),
        .. preview.Parameters.Select(parameter => $"parameter {parameter.Key}={parameter.Value}"),
        .. preview.Findings.Where(finding => !finding.IsAboutThisMachine).Select(finding => $"finding {finding.Check} {finding.Result.Outcome}"),
        .. preview.Changes
            .Where(IsPromise)
            .Select(change => $"change {change.Kind} {change.Item.Kind} {change.Item.Name} {change.Rule}")
            .Order(StringComparer.Ordinal),
        .. preview.Steps.SelectMany(step => step.Preview.Effects.Select(effect => $"step {step.Id} {step.Uses} {preview.WithIdentities(Text(effect))}")),
        .. preview.Steps.Where(step => step.Preview.Confirmation is not null).Select(step => $"asks {step.Id} {step.Preview.Confirmation}"),
    ];

    // Another text would give plans that people have seen another hash.
    private static string Text(Effect effect) => $"Effect {{ Verb = {effect.Verb}, Thing = {effect.Thing}, Detail = {effect.Detail} }}";

    /// <summary>Whether a change is part of what the plan promises, and so of its hash.</summary>
    public static bool IsPromise(AnnouncedChange change) => change.Kind switch
    {
        ChangeKind.Renamed or ChangeKind.LeftOut => true,
        ChangeKind.Changed => change.Item.Kind is ItemKind.Pipeline or ItemKind.Branch,
        _ => false,
    };
}
