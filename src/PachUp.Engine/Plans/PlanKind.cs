using System.Collections.Immutable;
using PachUp.Engine.Plans.Reading;
using PachUp.Sdk;

namespace PachUp.Engine.Plans;

/// <summary>A kind of plan: what it is for, and what it has to say about where it starts and where it leads.</summary>
internal sealed record PlanKind
{
    /// <summary>All kinds, the most used first.</summary>
    public static ImmutableArray<PlanKind> All { get; } =
    [
        new() { Name = "MigrationPlan", Purpose = PlanPurpose.Migration, Origin = OriginForm.Line, Clusters = [PlanKeys.Source, PlanKeys.Target] },
        new() { Name = "ReloadPlan", Purpose = PlanPurpose.Reload, Origin = OriginForm.Line, Clusters = [PlanKeys.Source, PlanKeys.Target] },
        new() { Name = "UpgradePlan", Purpose = PlanPurpose.Upgrade, Origin = OriginForm.AnyLine, Clusters = [PlanKeys.Source] },
        new() { Name = "BackupPlan", Purpose = PlanPurpose.Backup, Origin = OriginForm.AnyLine, Clusters = [PlanKeys.Source], Leads = Leading.Nowhere },
        new() { Name = "RestorePlan", Purpose = PlanPurpose.Restore, Origin = OriginForm.Backup, Clusters = [PlanKeys.Target], Leads = Leading.Optionally },
    ];

    /// <summary>The value of <c>kind</c>.</summary>
    public required string Name { get; init; }

    public required PlanPurpose Purpose { get; init; }

    /// <summary>What its <c>from</c> says.</summary>
    public required OriginForm Origin { get; init; }

    /// <summary>The clusters that it names.</summary>
    public required ImmutableArray<string> Clusters { get; init; }

    /// <summary>Whether it has a <c>to</c>.</summary>
    public Leading Leads { get; init; } = Leading.Somewhere;

    /// <summary>The kind of that name; null for none.</summary>
    public static PlanKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}

/// <summary>What a plan can start from.</summary>
internal enum OriginForm
{
    /// <summary>A line, and the oldest point release of it.</summary>
    Line,

    /// <summary>A line as well, or any.</summary>
    AnyLine,

    /// <summary>The file of a backup.</summary>
    Backup,
}

/// <summary>Whether plans say where they lead.</summary>
internal enum Leading
{
    /// <summary>They do.</summary>
    Somewhere,

    /// <summary>They may; otherwise they keep the release that they start from.</summary>
    Optionally,

    /// <summary>They do not: they keep the release.</summary>
    Nowhere,
}
