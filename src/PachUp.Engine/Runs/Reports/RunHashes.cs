using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs.Reports;

/// <summary>The hashes by which others can check what a run did, and where its files are.</summary>
public sealed record RunHashes
{
    /// <summary>The hash of the plan as it was shown, 12 hex digits.</summary>
    public required string Plan { get; init; }

    /// <summary>The SHA-256 of the content of the plan file.</summary>
    public required string PlanFile { get; init; }

    /// <summary>The archive of the run; null if it has none.</summary>
    public ArchiveHash? Archive { get; init; }

    /// <summary>The plugins that the run used; empty if not known.</summary>
    public ImmutableArray<PluginHash> Plugins { get; init; } = [];

    internal static RunHashes Read(RunDirectory run, PlanPreview plan, RunOrigin? origin) => new()
    {
        Plan = plan.Hash,
        PlanFile = plan.PlanSha256,
        Archive = ArchiveHash.TryRead(run),
        Plugins = origin is null ? [] : [.. origin.Plugins.Select(plugin => new PluginHash(plugin.Name, plugin.Version, plugin.Files.Sha256))],
    };
}

/// <summary>The archive of a run.</summary>
/// <param name="Path">Its path on the machine of the run.</param>
/// <param name="Sha256">Its SHA-256; null if it was not completed.</param>
/// <param name="Bytes">Its size in bytes; null if it was not completed.</param>
public sealed record ArchiveHash(string Path, string? Sha256, long? Bytes)
{
    internal static ArchiveHash? TryRead(RunDirectory run) =>
        RunArchive.TryRead(run.Path) is { } archive ? new ArchiveHash(archive.Path, archive.Sha256, archive.Bytes) : null;
}

/// <summary>A plugin that a run used.</summary>
/// <param name="Name">The name of its assembly.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">The SHA-256 of the names and hashes of all its files.</param>
public sealed record PluginHash(string Name, string Version, string Sha256);
