using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using PachUp.Common;
using PachUp.Pachyderm.Inventories;
using PachUp.Testing;
using PachUp.Verification.Files;

namespace PachUp.Verification.Tests.Files;

public class FileComparisonTests
{
    private static readonly ComparedCommit Commit = new("images", "a1");

    private static readonly Dictionary<string, string> Source = new()
    {
        ["/1.png"] = "one",
        ["/dir/2.png"] = "two",
        ["/dir.x"] = "dots sort after what is in a directory",
        ["/z"] = "last",
    };

    [Fact]
    public async Task Equal_files_are_kept_and_every_content_is_read_once_on_each_side()
    {
        var (source, target) = (new PaperSide(Source), new PaperSide(Source));

        var compared = await CompareAsync(source, target, Commit, new ComparedCommit("images", "a2"));

        Assert.Equal((2, 8, 8), (compared.Commits, compared.Files, compared.Kept));
        Assert.Equal(Source.Keys.Order(), source.Reads.Order());
        Assert.Equal(Source.Keys.Order(), target.Reads.Order());
        Assert.Equal(Source.Values.Sum(content => content.Length), compared.BytesRead);
    }

    [Fact]
    public async Task What_is_missing_other_or_new_is_named()
    {
        var target = new PaperSide(new() { ["/1.png"] = "ONE", ["/dir/2.png"] = "longer than two", ["/dir.x"] = Source["/dir.x"], ["/dir/3.png"] = "three" });

        var compared = await CompareAsync(new PaperSide(Source), target, Commit);

        Assert.Equal((4, 1), (compared.Files, compared.Kept));
        Assert.Equal(["images@a1:/z"], compared.Lost.Select(item => item.Name));
        Assert.Equal(
            ["images@a1:/1.png", "images@a1:/dir/2.png", "images@a1:/dir/3.png"],
            compared.Changed.Select(item => item.Name).Order());
        Assert.Contains(compared.Changed, item => item.Detail == "size in bytes: 3 -> 15");
    }

    [Fact]
    public async Task A_file_that_is_listed_and_cannot_be_given_is_lost()
    {
        var target = new PaperSide(Source) { Refuses = "/z" };

        var compared = await CompareAsync(new PaperSide(Source), target, Commit);

        Assert.Equal(("images@a1:/z", "the target cannot send it"), Assert.Single(compared.Lost) is var item ? (item.Name, item.Detail) : default);
    }

    [Fact]
    public async Task Other_hashes_of_equal_bytes_are_no_difference()
    {
        var target = new PaperSide(Source) { HashPrefix = "other" };

        var compared = await CompareAsync(new PaperSide(Source), target, Commit);

        Assert.Equal(compared.Files, compared.Kept);
    }

    [Fact]
    public async Task A_target_without_any_file_names_the_first_thousand_and_counts_all()
    {
        var many = Enumerable.Range(0, 3000).ToDictionary(number => $"/{number:0000}", number => $"{number}");

        var compared = await CompareAsync(new PaperSide(many), new PaperSide([]), Commit);

        Assert.Equal((3000, 0, 1000), (compared.Files, compared.Kept, compared.Lost.Length));
    }

    [Fact]
    public async Task The_same_seed_chooses_the_same_files()
    {
        var many = Enumerable.Range(0, 200).ToDictionary(number => $"/{number:000}", number => $"{number}");

        async Task<IReadOnlyList<string>> ReadsAsync(int seed)
        {
            var target = new PaperSide(many);
            var compared = await new FileComparison(new PaperSide(many), target, null).CompareSomeAsync([Commit], 10, seed, CancellationToken.None);
            Assert.Equal((10, 10, seed), (compared.Files, compared.Kept, compared.Seed));
            return [.. target.Reads.Order()];
        }

        Assert.Equal(await ReadsAsync(7), await ReadsAsync(7));
        Assert.NotEqual(await ReadsAsync(7), await ReadsAsync(8));
    }

    [Fact]
    public async Task A_sample_of_more_files_than_there_are_is_all_of_them()
    {
        var compared = await new FileComparison(new PaperSide(Source), new PaperSide(Source), null).CompareSomeAsync([Commit], 100, 1, CancellationToken.None);

        Assert.Equal(4, compared.Files);
    }

    [Fact]
    public async Task Files_that_were_written_down_are_as_good_as_the_cluster_that_had_them()
    {
        using var directory = new TemporaryFolder();
        var saved = new SavedFiles(directory.File("files"));
        var side = new PaperSide(Source);
        await saved.SaveAsync(side, [Commit], new Progress<Sdk.StepProgress>(), CancellationToken.None);
        await saved.SaveAsync(side, [Commit], new Progress<Sdk.StepProgress>(), CancellationToken.None);
        var target = new PaperSide(new(Source) { ["/z"] = "tsal" });

        var compared = await CompareAsync(saved, target, Commit);

        Assert.Equal(4, side.Reads.Count);
        Assert.Equal(3, compared.Kept);
        Assert.Equal("images@a1:/z", Assert.Single(compared.Changed).Name);
    }

    [Fact]
    public async Task The_progress_counts_the_bytes_of_the_source_up_to_the_sizes_of_the_commits()
    {
        var target = new PaperSide(new(Source) { ["/new"] = "only on the target" });

        var reports = await ReportsAsync(new PaperSide(Source), target, Commit with { SizeBytes = 48 });

        Assert.Equal(4, reports.Count);
        Assert.All(reports, report => Assert.Equal(("comparing files", 48L, "bytes"), (report.Text, report.Total, report.Unit)));
        Assert.Equal(48, reports[^1].Done);
    }

    [Fact]
    public async Task The_progress_has_no_total_if_nobody_knows_the_sizes_of_commits() =>
        Assert.All(await ReportsAsync(new PaperSide(Source), new PaperSide(Source), Commit), report => Assert.Null(report.Total));

    [Fact]
    public async Task The_progress_of_fingerprints_counts_up_to_the_sizes_of_the_commits()
    {
        using var directory = new TemporaryFolder();
        var reports = new List<Sdk.StepProgress>();

        await new SavedFiles(directory.File("files")).SaveAsync(
            new PaperSide(Source), [Commit with { SizeBytes = 50 }], new InlineProgress<Sdk.StepProgress>(reports.Add), CancellationToken.None);

        Assert.Equal(new Sdk.StepProgress("reading files of the source", 48, 50, "bytes"), reports[^1]);
    }

    private static async Task<IReadOnlyList<Sdk.StepProgress>> ReportsAsync(IFileSide source, IFileSide target, ComparedCommit commit)
    {
        var reports = new ConcurrentBag<Sdk.StepProgress>();
        await new FileComparison(source, target, new InlineProgress<Sdk.StepProgress>(reports.Add)).CompareAllAsync([commit], new NoLedger(), CancellationToken.None);
        return [.. reports.OrderBy(report => report.Done)];
    }

    [Fact]
    public async Task A_written_down_file_that_is_damaged_is_named()
    {
        using var directory = new TemporaryFolder();
        var saved = new SavedFiles(directory.Path);
        await File.WriteAllTextAsync(directory.File("images@a1.jsonl"), "{\"path\":\n");

        var error = await Assert.ThrowsAsync<FormatException>(() => CompareAsync(saved, new PaperSide(Source), Commit));

        Assert.Contains("images@a1.jsonl", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_lose_an_announced_header_are_kept_and_those_that_are_gone_are_lost()
    {
        var headers = new HeaderSurvey { Directories = [new HeadedDirectory(Commit.Repo, Commit.Id, "/cars", 5)] };
        var source = new PaperSide(new() { ["/cars/1"] = "HEAD\none", ["/cars/2"] = "HEAD\ntwo", ["/other"] = "HEAD\nother" });
        var target = new PaperSide(new() { ["/cars/1"] = "one", ["/other"] = "other" });

        var found = await new FileComparison(source, target, null, headers: headers).CompareAllAsync([Commit], new NoLedger(), CancellationToken.None);

        Assert.Equal(1, found.Kept);
        Assert.Equal(["/cars/2", "/other"], found.Lost.Concat(found.Changed).Select(item => item.Name.Split(':')[1]));
    }

    [Fact]
    public async Task A_file_that_comes_empty_from_both_proves_nothing_about_another_of_its_hash()
    {
        var files = new Dictionary<string, string> { ["/copy"] = "same", ["/input"] = "same" };
        var target = new PaperSide(files) { GivesNothingOf = "/copy" };

        var compared = await CompareAsync(new PaperSide(files) { GivesNothingOf = "/copy" }, target, Commit, new ComparedCommit("images", "a2"));

        Assert.Equal(compared.Files, compared.Kept);
        Assert.Contains("/input", target.Reads);
    }

    private static Task<FilesCompared> CompareAsync(IFileSide source, IFileSide target, params ComparedCommit[] commits) =>
        new FileComparison(source, target, null).CompareAllAsync(commits, new NoLedger(), CancellationToken.None);

    /// <summary>Files on paper, the same in every commit.</summary>
    private sealed class PaperSide(Dictionary<string, string> files) : IFileSide
    {
        private readonly List<string> _reads = [];

        public string? Refuses { get; init; }

        public string? GivesNothingOf { get; init; }

        public string HashPrefix { get; init; } = "hash";

        /// <summary>The paths of the files that were read.</summary>
        public List<string> Reads => _reads;

        public async IAsyncEnumerable<CommitFile> ListAsync(ComparedCommit commit, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var (path, content) in files.OrderBy(file => file.Key, Comparer<string>.Create(FileWalk.ComparePaths)))
            {
                await Task.Yield();
                yield return new CommitFile(path, content.Length, $"{HashPrefix} of {content}");
            }
        }

        public Task<FileContent?> TryReadAsync(ComparedCommit commit, CommitFile file, CancellationToken cancellationToken)
        {
            lock (_reads)
            {
                _reads.Add(file.Path);
            }

            if (file.Path == GivesNothingOf)
            {
                return Task.FromResult<FileContent?>(new FileContent(0, "sha256 of nothing".PadRight(64)));
            }

            return Task.FromResult<FileContent?>(
                file.Path != Refuses && files.TryGetValue(file.Path, out var content) ? new FileContent(content.Length, $"sha256 of {content}".PadRight(64)) : null);
        }
    }
}
