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

/// <summary>A shipped plan and its sandboxes.</summary>
/// <param name="Path">The path of its file.</param>
/// <param name="Document">The plan.</param>
/// <param name="IsInPlace">Whether the new cluster takes the address of the old one.</param>
internal sealed record MatrixPlan(string Path, PlanDocument Document, bool IsInPlace)
{
    private static readonly Lazy<Catalogue> Shipped = new(() =>
        PluginHost.Load([new StepsPlugin()], [new PluginFolder(System.IO.Path.Combine(AppContext.BaseDirectory, "plugins"), IsExpected: true) { IsShipped = true }]).Catalogue);

    /// <summary>
    /// All shipped plans. A migration that removes the source occurs twice: to a second cluster, and in place.
    /// </summary>
    public static IReadOnlyList<MatrixPlan> All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.yaml").Order(StringComparer.Ordinal).SelectMany(path => FormsOf(path, Read(path, PlanOverrides.None)))];

    /// <summary>The access to the objects of its clusters. Default: none, as on a cluster in production.</summary>
    public ObjectAccessKind Access { get; init; }

    /// <summary>Its name.</summary>
    public string Name => (IsInPlace ? $"{Document.Name} in place" : Document.Name) + (SendsObjects ? " with objects" : "");

    /// <summary>The plan with objects sent to the target; null if the plan has no such option.</summary>
    public MatrixPlan? WithObjects => !IsInPlace && Document.Parameters.Any(parameter => parameter.Name == "objects") && !Document.CarriesObjects()
        ? this with { Document = Read(Path, new PlanOverrides { Set = ["objects=true"] }), SendsObjects = true }
        : null;

    private bool SendsObjects { get; init; }

    /// <summary>
    /// The release of the source: the oldest accepted release with a sandbox. If the plan accepts any release, the latest release from which it can
    /// upgrade.
    /// </summary>
    public Release Source => Document.From.Line is { } line
        ? SandboxReleases.All.First(release => release.Line == line && release >= (Document.From.AtLeast ?? release))
        : SandboxReleases.All.Last(release => Document.Purpose != PlanPurpose.Upgrade || TargetOf(release) > release);

    /// <summary>The release of the target, or the last release of its line with a sandbox.</summary>
    public Release Target => TargetOf(Source) is var known && SandboxReleases.All.Contains(known)
        ? known
        : SandboxReleases.All.Last(release => release.Line == known.Line);

    /// <summary>The archive for the source: a small one for a line that takes few pipelines from an earlier line.</summary>
    public string SourceArchive => Recordings.Archive(
        Source.Line != Target.Line && ReleaseTraits.Of(Target).CommunityPipelines is not null ? $"{Source}-stopped-full" : $"{Source}-world-full");

    /// <summary>The options on the command line in addition to the addresses.</summary>
    public string[] Options =>
    [
        .. TargetOf(Source) != Target ? ["--to", Target.ToString()] : Array.Empty<string>(),
        .. SendsObjects ? ["--set", "objects=true"] : Array.Empty<string>(),
    ];

    /// <summary>The option with the peer port of a cluster, if the plan uses it.</summary>
    /// <param name="cluster"><c>source</c> or <c>target</c>.</param>
    /// <param name="port">The address of the peer port.</param>
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
