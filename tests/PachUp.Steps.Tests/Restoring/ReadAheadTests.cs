using PachUp.Steps.Restoring;

namespace PachUp.Steps.Tests.Restoring;

public class ReadAheadTests
{
    [Fact]
    public async Task All_items_come_in_their_order() =>
        Assert.Equal(Enumerable.Range(0, 100), await Numbers(100, _ => { }).Ahead(3).ToListAsync());

    [Fact]
    public async Task No_more_is_read_ahead_than_asked_for()
    {
        var read = 0;
        var reached = new TaskCompletionSource();
        await using var items = Numbers(100, number =>
        {
            read = number;
            if (number == 4)
            {
                reached.SetResult();
            }
        }).Ahead(3).GetAsyncEnumerator();

        await items.MoveNextAsync();
        await reached.Task;

        // One is taken, three wait, and one is in the hands of the side that reads.
        Assert.Equal(4, read);
    }

    [Fact]
    public async Task What_goes_wrong_is_told_after_the_items_before_it()
    {
        var taken = new List<int>();

        var e = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var number in Numbers(5, number => { if (number == 3) throw new IOException("gone"); }).Ahead(10))
            {
                taken.Add(number);
            }
        });

        Assert.Equal("gone", e.Message);
        Assert.Equal([0, 1, 2], taken);
    }

    [Fact]
    public async Task Reading_ends_when_nobody_takes_any_more()
    {
        var ended = false;
        await foreach (var number in Endless(() => ended = true).Ahead(2))
        {
            if (number == 5)
            {
                break;
            }
        }

        Assert.True(ended);
    }

    private static async IAsyncEnumerable<int> Numbers(int count, Action<int> onRead)
    {
        for (var number = 0; number < count; number++)
        {
            await Task.Yield();
            onRead(number);
            yield return number;
        }
    }

    private static async IAsyncEnumerable<int> Endless(Action onEnd)
    {
        try
        {
            for (var number = 0; ; number++)
            {
                await Task.Yield();
                yield return number;
            }
        }
        finally
        {
            onEnd();
        }
    }
}
