using PachUp.Engine;
using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;
using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.TestKit;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>A shipped plan, and the sandboxes that it can be carried out between.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Document">The plan.</param>
internal sealed record MatrixPlan(string Path, PlanDocument Document)
{
    private static readonly Lazy<Catalogue> Shipped = new(() =>
        PluginHost.Load([new BuiltInPlugin()], [new PluginFolder(System.IO.Path.Combine(AppContext.BaseDirectory, "plugins"), IsExpected: true)]).Catalogue);

    /// <summary>
    /// The plans that ship, found by looking, whose clusters nobody has to deploy in the middle and that start from a cluster: upgrades wait for
    /// somebody, and restores start from a backup.
    /// </summary>
    public static IReadOnlyList<MatrixPlan> All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.yaml").Order(StringComparer.Ordinal).Select(Read).Where(plan => plan.CanBeStaged)];

    /// <summary>Its name.</summary>
    public string Name => Document.Name;

    /// <summary>Whether sandboxes alone are enough to carry it out.</summary>
    public bool CanBeStaged => Document.Purpose == PlanPurpose.Backup || (Document.Purpose == PlanPurpose.Migration && Document.Destination.Known is not null);

    /// <summary>Whether it fills a second cluster.</summary>
    public bool HasTarget => !Document.HasOneCluster;

    /// <summary>The release that it starts from: the oldest that it accepts and that there is a sandbox of.</summary>
    public Release Source => SandboxReleases.All
        .Where(release => Document.From.Line is not { } line || release.Line == line)
        .First(release => release >= (Document.From.AtLeast ?? release));

    /// <summary>The release that it leads to, or one of the same line that there is a sandbox of.</summary>
    public Release Target => Document.Destination.Known is { } known && !SandboxReleases.All.Contains(known)
        ? SandboxReleases.All.Last(release => release.Line == known.Line)
        : Document.Destination.Known ?? Source;

    /// <summary>What the source is filled with.</summary>
    public string SourceArchive => $"{Source}-world-full";

    /// <summary>What has to be said on the command line, beyond the addresses.</summary>
    public string[] Options => Document.Destination.Known is { } known && known != Target ? ["--to", Target.ToString()] : [];

    private static string Folder => System.IO.Path.GetFullPath(System.IO.Path.Combine(Recordings.Root, "..", "..", "migration-plans"));

    private static MatrixPlan Read(string path)
    {
        var loader = new PlanLoader { Steps = Shipped.Value.Steps, Platforms = [.. Shipped.Value.Platforms.Keys] };
        return new MatrixPlan(path, loader.LoadFile(path, new PlanOverrides()));
    }
}
