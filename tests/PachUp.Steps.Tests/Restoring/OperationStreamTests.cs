using System.Security.Cryptography;
using PachUp.Pachyderm;
using PachUp.Steps.Restoring;

namespace PachUp.Steps.Tests.Restoring;

public sealed class OperationStreamTests
{
    private static readonly RestoreLimits TwoOperations = new(2, long.MaxValue);

    [Fact]
    public async Task What_was_peeked_at_is_taken_next_and_then_counts()
    {
        await using var stream = StreamOf(Operations.Repo("a"), Operations.Repo("b"));

        var peeked = await stream.PeekAsync();
        var before = stream.Taken;
        var taken = await stream.TakeAsync();

        Assert.Same(peeked, taken);
        Assert.Equal(0, before);
        Assert.Equal(1, stream.Taken);
    }

    [Fact]
    public async Task A_place_has_the_same_hash_in_the_same_stream_only()
    {
        var position = await PositionAfterAsync(2, Operations.Repo("a"), Operations.Repo("b"), Operations.Repo("c"));

        Assert.Equal(position, await PositionAfterAsync(2, Operations.Repo("a"), Operations.Repo("b"), Operations.Repo("other")));
        Assert.NotEqual(position, await PositionAfterAsync(2, Operations.Repo("b"), Operations.Repo("a"), Operations.Repo("c")));
        Assert.Equal((2, 2), (position.Operations, position.Repos));
    }

    [Fact]
    public async Task A_call_ends_at_its_limit_of_operations() =>
        Assert.Equal([2, 2, 1], await BatchesAsync(TwoOperations, [.. "abcde".Select(name => Operations.Repo($"{name}"))]));

    [Fact]
    public async Task A_call_ends_at_its_limit_of_bytes()
    {
        var repo = Operations.Repo("a");

        Assert.Equal([2, 2, 1], await BatchesAsync(new RestoreLimits(int.MaxValue, repo.Bytes.Length * 2), [repo, repo, repo, repo, repo]));
    }

    [Fact]
    public async Task A_call_never_ends_inside_an_object() => Assert.Equal(
        [4, 2, 1],
        await BatchesAsync(TwoOperations, Operations.Chunk("1"), Operations.Chunk("2"), Operations.Chunk("3"), Operations.Chunk(), Operations.Chunk("4"), Operations.Chunk(), Operations.Repo("a")));

    [Fact]
    public async Task A_call_never_ends_between_the_two_operations_of_an_empty_object() => Assert.Equal(
        [3, 2],
        await BatchesAsync(TwoOperations, Operations.Repo("a"), Operations.Chunk(), Operations.Chunk(), Operations.Repo("b"), Operations.Repo("c")));

    [Fact]
    public async Task An_empty_object_in_doubt_is_known_by_the_hash_of_nothing()
    {
        await using var stream = StreamOf(Operations.Chunk("1"), Operations.Chunk(), Operations.Chunk(), Operations.Chunk());

        var items = await UnconfirmedCall.ReadAsync(stream, RestoreLimits.Default);

        Assert.Equal([2, 4], items.Select(item => item.End.Operations));
        Assert.Equal([Convert.ToHexStringLower(SHA512.HashData([]))], items[1].Names.AsEnumerable());
    }

    [Fact]
    public async Task A_call_ends_behind_pipelines_wherever_they_are() => Assert.Equal(
        [2, 2, 1, 2],
        await BatchesAsync(
            TwoOperations,
            Operations.Repo("a"),
            Operations.Pipeline("p"),
            Operations.Commit("a", 1, "t"),
            Operations.Commit("a", 2, "t"),
            Operations.Pipeline("q"),
            Operations.Job("q", 3),
            Operations.Pipeline("r")));

    private static OperationStream StreamOf(params Operation[] operations) => new(operations.ToAsyncEnumerable());

    private static async Task<StreamPosition> PositionAfterAsync(int count, params Operation[] operations)
    {
        await using var stream = StreamOf(operations);
        for (var i = 0; i < count; i++)
        {
            await stream.TakeAsync();
        }

        return stream.Position;
    }

    /// <summary>How many operations go into each call.</summary>
    private static async Task<List<int>> BatchesAsync(RestoreLimits limits, params Operation[] operations)
    {
        await using var stream = StreamOf(operations);
        var batches = new List<int>();
        while (await stream.PeekAsync() is not null)
        {
            var meter = new BatchMeter(stream, limits);
            var count = 0;
            while (await stream.PeekAsync() is { } next && !meter.EndsBefore(next))
            {
                await stream.TakeAsync();
                meter.Add(next);
                count++;
            }

            batches.Add(count);
        }

        return batches;
    }
}
