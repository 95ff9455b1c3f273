using System.Security.Cryptography;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Rehearsals;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Releases;
using PachUp.Sandbox;

namespace PachUp.Sdk.Testing.Environments;

/// <summary>
/// The clusters with which a plan is tested, with a filled source, and a folder for all files. Every environment of one conformance test starts with the same
/// state, including ids and times. Each command loads the plugin again, as a separate process would.
/// </summary>
internal sealed class TestEnvironment : IAsyncDisposable
{
    private const string StateFolder = "state";
    private const string ScratchFolder = "scratch";

    /// <summary>The folder of a cluster that keeps its state on disk.</summary>
    public const string DataFolder = "data";

    private const string External = "external";

    private readonly Trial _trial;
    private readonly string _plan;
    private readonly DirectoryInfo _folder;
    private readonly SandboxPair _clusters;
    private readonly PlanDocument _document;
    private readonly SandboxPlatform? _platform;
    private readonly FastTime _time = new();

    private TestEnvironment(Trial trial, DirectoryInfo folder, SandboxPair clusters, PlanDocument document)
    {
        (_trial, _plan, _folder, _clusters, _document) = (trial, trial.Plan!, folder, clusters, document);
        _platform = clusters.IsOneCluster ? new SandboxPlatform(clusters.Sites) : null;
    }

    /// <summary>The plan.</summary>
    public PlanDocument Plan => _document;

    /// <summary>The target release of the plan.</summary>
    public required Release TargetRelease { get; init; }

    /// <summary>The content of the source at the start.</summary>
    public required ClusterLines Before { get; init; }

    /// <summary>The source.</summary>
    public SandboxCluster Source => _clusters.Source.Cluster;

    /// <summary>The target; the source in a plan of one cluster.</summary>
    public SandboxCluster Target => _clusters.Target.Cluster;

    /// <summary>The number of calls that may change something.</summary>
    public long WriteCalls => _clusters.WriteCalls;

    /// <summary>The folder of all files.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The directory of the runs.</summary>
    public StateDirectory State => new(Path.Combine(_folder.FullName, StateFolder));

    /// <summary>The command with which a user can do the same in the sandbox.</summary>
    public static string Command(Trial trial, string verb = "apply") => string.Join(
        ' ',
        [
            $"pachup {verb} {trial.Plan} --plugin-dir {trial.Folder} --sandbox",
            .. trial.To is { } to ? [$"--to {to}"] : Array.Empty<string>(),
            .. trial.Set.Select(set => $"--set {set}"),
        ]);

    /// <summary>Starts the clusters of a plan and fills the source.</summary>
    /// <exception cref="NothingToAskException">There is no plan, or it starts from a backup.</exception>
    /// <exception cref="SandboxException">No sandbox behaves like one of the releases, or the source refuses its content.</exception>
    public static async Task<TestEnvironment> StartAsync(Trial trial, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("pachup-trial-");
        try
        {
            return await StartAsync(trial, folder, cancellationToken);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Makes the plan without applying it.</summary>
    public Task<PlannedMigration> PlanAsync(CancellationToken cancellationToken) =>
        Planner.PlanAsync(Open(_plan, OverridesOf(_document)), cancellationToken);

    /// <summary>Applies the plan.</summary>
    /// <exception cref="RuleBrokenException">The plan is refused.</exception>
    public async Task<RunResult> ApplyAsync(CancellationToken cancellationToken, IJournalWatch? watch = null, IRunObserver? observer = null)
    {
        await using var plan = await PlanAsync(cancellationToken);
        ThrowIfRefused(plan.Preview);
        return await new Runner(State, _time) { Watch = watch }.ApplyAsync(plan, observer ?? new StepWatch(), cancellationToken);
    }

    /// <summary>Carries out the plan as a rehearsal does.</summary>
    /// <exception cref="RuleBrokenException">The plan is refused.</exception>
    public async Task<RunResult> RehearseAsync(CancellationToken cancellationToken)
    {
        var request = Open(_plan, OverridesOf(_document));
        var files = Directory.CreateDirectory(Path.Combine(State.Path, "files"));
        await using var plan = await Planner.PlanAsync(request with { Document = request.Document.InRehearsal(files.FullName) }, cancellationToken);
        ThrowIfRefused(plan.Preview);
        return await new Runner(State, _time).ApplyAsync(plan, new StepWatch(), cancellationToken);
    }

    /// <summary>Applies the plan until a crash.</summary>
    /// <returns>Whether the crash happened.</returns>
    public async Task<bool> CrashAsync(CrashingJournal crash, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAsync(cancellationToken, crash);
        }
        catch (Exception) when (crash.Struck is not null)
        {
            // Exceptions after the simulated end of the process do not matter.
        }

        return crash.Struck is not null;
    }

    /// <summary>Resumes the run, as another process would.</summary>
    public async Task<RunResult> ResumeAsync(CancellationToken cancellationToken)
    {
        var run = State.ListRuns()[^1];
        await using var plan = await RunRecord.ReadToResumeAsync(run, OpenCopy(run), cancellationToken);
        return await new Runner(State, _time).ResumeAsync(run, plan, new StepWatch(), cancellationToken);
    }

    /// <summary>Rolls back the run, as another process would.</summary>
    public async Task<RollbackResult> RollBackAsync(CancellationToken cancellationToken)
    {
        var run = State.ListRuns()[^1];
        await using var plan = await RunRecord.ReadToRollBackAsync(run, OpenCopy(run), cancellationToken);
        return await new Rollback(State, _time).RunAsync(run, plan, new StepWatch(), cancellationToken);
    }

    /// <summary>The content of the source, without what every pachd makes when pipelines are started again, and the files outside the runs.</summary>
    public async Task<ClusterLines> SourceAsync() =>
        (await ClusterLines.ReadAsync(Source, Before.Ids, leavesOutRestarts: true)).With(FilesIn(ScratchFolder));

    /// <summary>The content of all clusters, and the files outside the runs.</summary>
    public async Task<ClusterLines> EverythingAsync()
    {
        var source = await ClusterLines.ReadAsync(Source, Before.Ids);
        var target = _clusters.IsOneCluster ? null : await ClusterLines.ReadAsync(Target, Before.Ids);
        return source.Marked("source").With(target?.Marked("target").Lines ?? []).With(FilesIn(ScratchFolder));
    }

    /// <summary>All files, including those of runs, each with its hash.</summary>
    public IEnumerable<string> Files() => FilesIn(".").Where(file => !file.StartsWith(DataFolder, StringComparison.Ordinal));

    /// <summary>The files outside the runs, each with its hash.</summary>
    public IEnumerable<string> FilesOutsideRuns() => FilesIn(ScratchFolder);

    /// <summary>The things that a message can name: addresses, clusters, repos and pipelines (which have the names of their repos), and the folder of all files.</summary>
    public IReadOnlyList<string> NamesOfThings() =>
        [Source.Address.ToString(), Target.Address.ToString(), _folder.FullName, .. Before.Repos];

    /// <summary>Stops all clusters.</summary>
    public void StopClusters() => Task.WhenAll(_clusters.Sites.Select(site => site.StopAsync())).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _clusters.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<TestEnvironment> StartAsync(Trial trial, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        folder.CreateSubdirectory(ScratchFolder);
        var plan = LoaderFor(PluginUnderTest.Load(trial.Folder, trial.OtherFolders)).LoadFile(PlanOf(trial), OverridesOf(trial, folder));
        var (from, to) = ReleasesOf(trial, plan);
        var (source, target) = (OptionsFor(from, "source"), OptionsFor(to, "target"));
        var clusters = plan.HasOneCluster
            ? await SandboxPair.StartOneAsync(source with { DataDirectory = Path.Combine(folder.FullName, DataFolder) }, cancellationToken)
            : await SandboxPair.StartAsync(source, target, sharesBucket: !plan.CarriesObjects(), cancellationToken);
        try
        {
            await trial.FillSourceAsync(clusters.Source.Cluster);
            return new TestEnvironment(trial, folder, clusters, plan) { TargetRelease = to, Before = await ClusterLines.ReadAsync(clusters.Source.Cluster) };
        }
        catch
        {
            await clusters.DisposeAsync();
            throw;
        }
    }

    private static (Release From, Release To) ReleasesOf(Trial trial, PlanDocument plan)
    {
        if (plan.From.Backup is not null)
        {
            throw new NothingToAskException($"the plan \"{plan.Name}\" starts from a backup; only plans that start from a cluster are tested.");
        }

        var from = trial.From
            ?? SandboxReleases.All.FirstOrDefault(release => plan.From.Line is not { } line || (release.Line == line && release >= (plan.From.AtLeast ?? release)))
            ?? plan.From.AtLeast
            ?? throw new RuleBrokenException($"no sandbox behaves like a release of {plan.From.Line}, where the plan starts; set From.");
        return (from, plan.Destination.Of(from, ReleaseCatalogue.BuiltIn));
    }

    private static SandboxOptions OptionsFor(Release release, string seed) =>
        SandboxOptions.StandingInFor(release) with { ExposeObjectApi = true, TimeProvider = new FixedTime(), IdSeed = seed };

    private static string PlanOf(Trial trial) =>
        trial.Plan ?? throw new NothingToAskException("the test names no plan that uses the plugin.");

    private static PlanOverrides OverridesOf(Trial trial, DirectoryInfo folder) => new()
    {
        To = trial.To?.ToString(),
        Set = [.. trial.Set.Select(set => set.Replace(
            Trial.ScratchFolder, Path.Combine(folder.FullName, ScratchFolder), StringComparison.Ordinal))],
    };

    private PlanOverrides OverridesOf(PlanDocument plan) => plan.OverridesAt(Source.Address.ToString(), Target.Address.ToString());

    private static PlanLoader LoaderFor(PluginUnderTest plugin) => new()
    {
        Steps = plugin.Catalogue.Steps,
        Platforms = [.. plugin.Catalogue.Platforms.Keys],
        Plugins = plugin.Catalogue.Plugins,
    };

    private PlanRequest OpenCopy(RunDirectory run) => Open(run.File(RunFiles.PlanCopy), RunRecord.ReadOverrides(run));

    private PlanRequest Open(string path, PlanOverrides overrides)
    {
        var plugin = PluginUnderTest.Load(_trial.Folder, _trial.OtherFolders);
        return new PlanRequest
        {
            Document = LoaderFor(plugin).LoadFile(path, overrides),
            Catalogue = plugin.Catalogue,
            Addresses = new AddressResolver(_ => null, _folder.FullName) { Timeouts = PachdTimeouts.Default with { Retry = TimeSpan.Zero } },
            StatePath = State.Path,
            Platform = PlatformFor(plugin),
        };
    }

    /// <summary>A platform of the plugin itself is used; any other platform is replaced by one whose clusters always exist.</summary>
    private IPlatform? PlatformFor(PluginUnderTest plugin) =>
        plugin.Offer.Platforms.Contains(_document.SourceCluster.Platform) ? null
        : _platform is not null ? _platform
        : plugin.Catalogue.Platforms[External];

    private static void ThrowIfRefused(PlanPreview preview)
    {
        if (preview.IsRefused)
        {
            var refusals = preview.Findings.Where(finding => finding.Result.Outcome == CheckOutcome.Refused);
            throw new RuleBrokenException(
                $"the plan is refused: {string.Join("; ", refusals.Select(refusal => $"{refusal.Check}: {refusal.Result.Found}"))}. "
                + $"Change the content of the source so that the checks pass (PluginConformance.Source).");
        }
    }

    private IEnumerable<string> FilesIn(string folder) => Directory
        .EnumerateFiles(Path.Combine(_folder.FullName, folder), "*", SearchOption.AllDirectories)
        .Select(file => $"file {Path.GetRelativePath(_folder.FullName, file)}, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}")
        .Order(StringComparer.Ordinal);
}
