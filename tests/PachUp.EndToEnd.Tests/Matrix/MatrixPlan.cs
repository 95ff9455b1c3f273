using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Releases;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.Steps;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>A shipped plan, and the sandboxes that it is carried out with.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Document">The plan.</param>
/// <param name="IsInPlace">Whether the new cluster takes the address of the old one.</param>
internal sealed record MatrixPlan(string Path, PlanDocument Document, bool IsInPlace)
{
    private static readonly Lazy<Catalogue> Shipped = new(() =>
        PluginHost.Load([new StepsPlugin()], [new PluginFolder(System.IO.Path.Combine(AppContext.BaseDirectory, "plugins"), IsExpected: true)]).Catalogue);

    /// <summary>
    /// All plans that ship, found by looking. A migration that takes the source away is there twice: to a second cluster, and in place.
    /// </summary>
    public static IReadOnlyList<MatrixPlan> All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.yaml").Order(StringComparer.Ordinal).SelectMany(path => FormsOf(path, Read(path, PlanOverrides.None)))];

    /// <summary>How the objects of its clusters are reached. Default: not at all, as on a cluster in production.</summary>
    public ObjectAccessKind Access { get; init; }

    /// <summary>Its name.</summary>
    public string Name => (IsInPlace ? $"{Document.Name} in place" : Document.Name) + (SendsObjects ? " with objects" : "");

    /// <summary>The same plan with the objects sent along; null where it has no such choice.</summary>
    public MatrixPlan? WithObjects => !IsInPlace && Document.Parameters.Any(parameter => parameter.Name == "objects") && !Document.CarriesObjects()
        ? this with { Document = Read(Path, new PlanOverrides { Set = ["objects=true"] }), SendsObjects = true }
        : null;

    private bool SendsObjects { get; init; }

    /// <summary>
    /// The release that it starts from: the oldest that it accepts and that there is a sandbox of; where it accepts any, the latest from which it
    /// leads somewhere.
    /// </summary>
    public Release Source => Document.From.Line is { } line
        ? SandboxReleases.All.First(release => release.Line == line && release >= (Document.From.AtLeast ?? release))
        : SandboxReleases.All.Last(release => Document.Purpose != PlanPurpose.Upgrade || TargetOf(release) > release);

    /// <summary>The release that it leads to, or the last of the same line that there is a sandbox of.</summary>
    public Release Target => TargetOf(Source) is var known && SandboxReleases.All.Contains(known)
        ? known
        : SandboxReleases.All.Last(release => release.Line == known.Line);

    /// <summary>What the source is filled with.</summary>
    public string SourceArchive => Recordings.Archive($"{Source}-world-full");

    /// <summary>What has to be said on the command line, beyond the addresses.</summary>
    public string[] Options =>
    [
        .. TargetOf(Source) != Target ? ["--to", Target.ToString()] : Array.Empty<string>(),
        .. SendsObjects ? ["--set", "objects=true"] : Array.Empty<string>(),
    ];

    /// <summary>The option that gives the peer port of a cluster, where it is reached through that.</summary>
    /// <param name="cluster"><c>source</c> or <c>target</c>.</param>
    /// <param name="port">Where it is.</param>
    public string[] PeerOf(string cluster, ClusterAddress port) => Access == ObjectAccessKind.Peer ? [$"--{cluster}-peer", port.ToString()] : [];

    private static string Folder => System.IO.Path.GetFullPath(System.IO.Path.Combine(Recordings.Root, "..", "..", "migration-plans"));

    private static IEnumerable<MatrixPlan> FormsOf(string path, PlanDocument document) => document switch
    {
        { HasOneCluster: true } => [new MatrixPlan(path, document, IsInPlace: false)],
        { TakesSourceAway: false } => [new MatrixPlan(path, document, IsInPlace: false)],
        _ => [new MatrixPlan(path, document, IsInPlace: false), new MatrixPlan(path, document, IsInPlace: true)],
    };

    private static PlanDocument Read(string path, PlanOverrides overrides) =>
        new PlanLoader { Steps = Shipped.Value.Steps, Platforms = [.. Shipped.Value.Platforms.Keys] }.LoadFile(path, overrides);

    private Release TargetOf(Release source) => Document.Destination.Of(source, ReleaseCatalogue.BuiltIn);
}
