using System.Collections.Immutable;
using PachUp.Engine.Plans.Reading;
using PachUp.Sdk;

namespace PachUp.Engine.Plans;

/// <summary>A kind of plan: its purpose, and which source, target and clusters it declares.</summary>
internal sealed record PlanKind
{
    /// <summary>All kinds, the most used first.</summary>
    public static ImmutableArray<PlanKind> All { get; } =
    [
        new() { Name = "MigrationPlan", Purpose = PlanPurpose.Migration, Origin = OriginForm.Line, Clusters = [PlanKeys.Source, PlanKeys.Target] },
        new() { Name = "ReloadPlan", Purpose = PlanPurpose.Reload, Origin = OriginForm.Line, Clusters = [PlanKeys.Source, PlanKeys.Target] },
        new() { Name = "UpgradePlan", Purpose = PlanPurpose.Upgrade, Origin = OriginForm.AnyLine, Clusters = [PlanKeys.Source] },
        new() { Name = "BackupPlan", Purpose = PlanPurpose.Backup, Origin = OriginForm.AnyLine, Clusters = [PlanKeys.Source], Destination = DestinationRule.NotAllowed },
        new() { Name = "RestorePlan", Purpose = PlanPurpose.Restore, Origin = OriginForm.Backup, Clusters = [PlanKeys.Target], Destination = DestinationRule.Optional },
    ];

    /// <summary>The value of <c>kind</c>.</summary>
    public required string Name { get; init; }

    public required PlanPurpose Purpose { get; init; }

    /// <summary>The form of its <c>from</c>.</summary>
    public required OriginForm Origin { get; init; }

    /// <summary>The clusters that it declares.</summary>
    public required ImmutableArray<string> Clusters { get; init; }

    /// <summary>Whether it has a <c>to</c>.</summary>
    public DestinationRule Destination { get; init; } = DestinationRule.Required;

    /// <summary>The kind with that name; null for none.</summary>
    public static PlanKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}

/// <summary>The forms of <c>from</c> in a plan.</summary>
internal enum OriginForm
{
    /// <summary>A line and its oldest accepted point release.</summary>
    Line,

    /// <summary>A line, or any line.</summary>
    AnyLine,

    /// <summary>The file of a backup.</summary>
    Backup,
}

/// <summary>Whether a kind of plan has a <c>to</c>.</summary>
internal enum DestinationRule
{
    /// <summary><c>to</c> is required.</summary>
    Required,

    /// <summary><c>to</c> is optional. Without it, the plan keeps the release.</summary>
    Optional,

    /// <summary><c>to</c> is not allowed. The plan keeps the release.</summary>
    NotAllowed,
}
