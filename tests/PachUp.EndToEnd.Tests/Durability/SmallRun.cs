using PachUp.Common.Disks;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Pachyderm.Archives;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Sdk.Testing.Environments;

namespace PachUp.EndToEnd.Tests.Durability;

/// <summary>
/// A shipped plan with clusters in the process, small enough to be carried out once for every change on disk. It is applied, or what it did is rolled back.
/// </summary>
internal sealed class SmallRun : IAsyncDisposable
{
    private const string Archive = "source.pachx";
    private const string OfRollback = " (rollback)";

    private static readonly Cluster World = Cluster.Empty
        .WithRepo("images")
        .WithCommit("images", "master", "/1.png", "one")
        .WithCommit("images", "master", "/2.png", "two")
        .WithPipeline("edges", "images")
        .WithPipeline("halted", "images")
        .WithStopped("halted");

    private readonly TestEnvironment _environment;
    private readonly bool _isRollback;

    private SmallRun(TestEnvironment environment, bool isRollback) => (_environment, _isRollback) = (environment, isRollback);

    /// <summary>The plans: one that extracts and then restores, one that does both at the same time, and one that only extracts.</summary>
    public static readonly string[] Plans = ["1.8.7-to-1.9.0", "1.8.7-to-1.9.0-side-by-side", "backup"];

    /// <summary>The runs: one that extracts and then restores, one that does both at the same time, one that only extracts, and a rollback.</summary>
    public static TheoryData<string> Names => [.. Plans, Plans[0] + OfRollback];

    /// <summary>The directory with all files: the state directory, and a directory with the archive.</summary>
    public string Folder => _environment.Folder;

    /// <summary>The state of the run; that of a run that did not begin if there is none.</summary>
    public RunState State => _environment.State.ListRuns()
        .Select(run => RunState.Of(Journal.Read(run.File(RunFiles.Journal))))
        .FirstOrDefault(state => state.HasStarted) ?? new RunState();

    /// <summary>Starts the clusters. For a rollback, applies the plan.</summary>
    public static async Task<SmallRun> PrepareAsync(string name)
    {
        var run = new SmallRun(await TestEnvironment.StartAsync(TrialOf(name.Replace(OfRollback, "", StringComparison.Ordinal)), CancellationToken.None), name.EndsWith(OfRollback, StringComparison.Ordinal));
        if (run._isRollback)
        {
            Assert.Null(await run.ApplyAsync());
        }

        return run;
    }

    /// <summary>Carries out a run, with a disk that counts.</summary>
    /// <param name="name">The run.</param>
    /// <param name="watch">Makes the disk of a directory.</param>
    /// <returns>The disk, and how everything looks after the run.</returns>
    public static async Task<(TDisk Disk, IReadOnlyList<string> After)> RunUndisturbedAsync<TDisk>(string name, Func<string, TDisk> watch) where TDisk : IDiskWatch
    {
        await using var run = await PrepareAsync(name);
        var disk = watch(run.Folder);
        using (Disk.Observe(disk))
        {
            Assert.Null(await run.ActAsync());
        }

        return (disk, await run.LookAsync());
    }

    /// <summary>Applies the plan or rolls it back.</summary>
    /// <returns>Why it failed; null if it succeeded.</returns>
    public Task<StepFailedException?> ActAsync() => _isRollback ? RollBackAsync() : ApplyAsync();

    /// <summary>Applies the plan.</summary>
    /// <returns>Why it failed; null if it succeeded.</returns>
    public async Task<StepFailedException?> ApplyAsync() => (await _environment.ApplyAsync(CancellationToken.None)).Failure;

    /// <summary>Resumes the run.</summary>
    /// <returns>Why it failed; null if it succeeded.</returns>
    public async Task<StepFailedException?> ResumeAsync() => (await _environment.ResumeAsync(CancellationToken.None)).Failure;

    /// <summary>Rolls back the run.</summary>
    /// <returns>Why it failed; null if it succeeded.</returns>
    public async Task<StepFailedException?> RollBackAsync() => (await _environment.RollBackAsync(CancellationToken.None)).Failure;

    /// <summary>Goes on after the process has ended. A run that did not begin is started again, and of one that is done nothing is left to do.</summary>
    /// <returns>Why it failed; null if it succeeded.</returns>
    public async Task<StepFailedException?> GoOnAsync() => State switch
    {
        { IsRolledBack: true } => null,
        _ when _isRollback => await RollBackAsync(),
        { HasStarted: false } => await ApplyAsync(),
        { IsDone: true } => null,
        _ => await ResumeAsync(),
    };

    /// <summary>How the content of the source, which a rollback gives back, differs from that before the run.</summary>
    /// <returns>The differences; null if there are none.</returns>
    public async Task<string?> FindDifferenceOfSourceAsync() =>
        (await ClusterLines.ReadAsync(_environment.Source, _environment.Before.Ids)).DifferenceTo(_environment.Before) is { Length: > 0 } difference ? difference : null;

    /// <summary>The content of the clusters, the archive, and the names of the files beside it.</summary>
    public async Task<IReadOnlyList<string>> LookAsync()
    {
        var folder = Path.Combine(Folder, Trial.ScratchFolder.Trim('{', '}'));
        var archive = await ArchiveInspection.VerifyAsync(Path.Combine(folder, Archive));
        return
        [
            .. (await _environment.EverythingAsync()).Lines.Where(line => !line.StartsWith("file ", StringComparison.Ordinal)),
            $"archive {archive.Summary}",
            .. Directory.EnumerateFiles(folder).Select(file => $"file {Path.GetFileName(file)}").Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>What is not as it should be.</summary>
    /// <param name="expected">How it should be.</param>
    /// <returns>The differences; null if there are none.</returns>
    public async Task<string?> FindDifferenceAsync(IReadOnlyList<string> expected)
    {
        var found = await LookAsync();
        string[] differences = [.. expected.Except(found).Select(line => $"missing: {line}"), .. found.Except(expected).Select(line => $"there instead: {line}")];
        return differences.Length == 0 ? null : string.Join('\n', differences);
    }

    public ValueTask DisposeAsync() => _environment.DisposeAsync();

    private static Trial TrialOf(string plan) => new()
    {
        Folder = FolderOf("PachUp.Plugins.Pachyderm18To19"),
        OtherFolders = [FolderOf("PachUp.Plugins.Buckets")],
        Plan = Path.Combine(AppContext.BaseDirectory, "migration-plans", plan + ".yaml"),
        From = new(1, 8, 7),
        FillSourceAsync = World.MakeAsync,
        Set = [$"archive={Trial.ScratchFolder}/{Archive}"],
    };

    private static string FolderOf(string plugin) => Path.Combine(AppContext.BaseDirectory, "plugins", plugin);
}
