using System.Collections.Concurrent;
using PachUp.Common;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Verification.AfterWork;

namespace PachUp.Verification.Tests.AfterWork;

public sealed class OutputComparisonTests : IDisposable
{
    private readonly ConcurrentBag<StepProgress> _reports = [];
    private static readonly OutputHead Head = new("edges", "master", OutputKind.Files, "e1", ["images@i1"], HasFiles: true);

    private readonly TemporaryFolder _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Equal_files_are_equal_and_lines_in_another_order_are_explained()
    {
        await RecordAsync(Head, ("/1", "one"), ("/all.txt", "a\nb\nc\n"));

        var verdict = await CompareAsync(Head, ("/1", "one"), ("/all.txt", "c\na\nb\n"));

        Assert.Equal((OutputOutcome.Explained, 2, 2), (verdict.Outcome, verdict.Files, verdict.Equal));
        Assert.Equal(("edges@master:/all.txt", "the same lines in another order, as workers append them"), (verdict.Explained[0].Name, verdict.Explained[0].Detail));
    }

    [Fact]
    public async Task A_file_that_is_listed_and_cannot_be_read_is_lost()
    {
        await RecordAsync(Head, ("/1", "one"), ("/2", "two"));

        var verdict = await CompareAsync(Head, ("/1", "one"), ("/2", null));

        Assert.Equal((OutputOutcome.Lost, 2, 1), (verdict.Outcome, verdict.Files, verdict.Equal));
        Assert.Contains("block/4f: no such file", Assert.Single(verdict.Lost).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_other_and_new_files_are_a_loss()
    {
        await RecordAsync(Head, ("/1", "one"), ("/2", "two"));

        var verdict = await CompareAsync(Head, ("/2", "TWO"), ("/3", "three"));

        Assert.Equal(["edges@master:/1"], verdict.Lost.Select(item => item.Name));
        Assert.Equal(["edges@master:/2", "edges@master:/3"], verdict.Changed.Select(item => item.Name).Order());
    }

    [Fact]
    public async Task Beyond_the_budget_size_and_hash_are_compared_and_that_is_said()
    {
        var head = Head with { Commit = "e2" };
        await new RecordedFiles(_directory.Path).WriteAsync(
            head, new[] { new CommitFile("/big", 3, ""), new CommitFile("/other", 4, "") }.ToAsyncEnumerable(), CancellationToken.None);

        var verdict = await CompareAsync(head, ("/big", "big"), ("/other", "longer"));

        Assert.Contains("byte limit", Assert.Single(verdict.Explained).Detail, StringComparison.Ordinal);
        Assert.Equal("size in bytes: 4 -> 6", Assert.Single(verdict.Changed).Detail);
    }

    [Fact]
    public async Task Statistics_are_compared_by_their_shape()
    {
        var stats = Head with { Branch = "stats", Kind = OutputKind.Stats };
        await RecordAsync(stats, ("/d1/job:aa", ""), ("/d1/logs", "at noon"), ("/d2/job:aa", ""), ("/d3/logs", "lost"));

        var verdict = await CompareAsync(stats, ("/d1/job:bb", ""), ("/d1/logs", "at midnight"), ("/d2/stats", "{}"));

        Assert.Equal((4, 3), (verdict.Files, verdict.Equal));
        Assert.Equal(("edges@stats:/d3/logs", "the target has no statistics of this datum"), (Assert.Single(verdict.Lost).Name, verdict.Lost[0].Detail));
        Assert.Equal("edges@stats:/d2/job:aa", Assert.Single(verdict.Explained).Name);
    }

    [Fact]
    public async Task The_progress_counts_up_to_the_files_of_the_source()
    {
        await RecordAsync(Head, ("/1", "one"), ("/2", "two"));

        await CompareAsync(Head, ("/1", "one"), ("/2", "two"), ("/3", "only on the target"));

        Assert.Equal(
            [new StepProgress("comparing output of edges", 1, 2, "files"), new StepProgress("comparing output of edges", 2, 2, "files")],
            _reports.OrderBy(report => report.Done));
    }

    private async Task RecordAsync(OutputHead head, params (string Path, string Content)[] files)
    {
        await using var source = await FileServer.StartAsync([.. files.Select(file => (file.Path, (string?)file.Content))]);
        await using var client = PachdClient.Create(source.Address);
        var reader = new OutputFiles(client);
        await new RecordedFiles(_directory.Path).WriteAsync(
            head,
            reader.ListAsync("edges", "e1", CancellationToken.None).Select((CommitFile file, CancellationToken token) => new ValueTask<CommitFile>(reader.ReadAsync("edges", "e1", file, token))),
            CancellationToken.None);
    }

    private async Task<OutputVerdict> CompareAsync(OutputHead head, params (string Path, string? Content)[] files)
    {
        await using var target = await FileServer.StartAsync(files);
        await using var client = PachdClient.Create(target.Address);
        var comparison = new OutputComparison(new RecordedFiles(_directory.Path), new OutputFiles(client), source: null, new InlineProgress<StepProgress>(_reports.Add));
        return await comparison.CompareAsync(head, "f1", CancellationToken.None);
    }
}
