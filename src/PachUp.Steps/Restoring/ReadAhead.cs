using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PachUp.Steps.Restoring;

/// <summary>Lets the two sides of a stream work at the same time: one reads while the other sends, and waits when the other falls behind.</summary>
internal static class ReadAhead
{
    /// <summary>The same items, of which some are read before they are asked for.</summary>
    /// <param name="items">The items.</param>
    /// <param name="most">How many are read ahead at most, and so kept in memory.</param>
    /// <param name="cancellationToken">Stops both sides.</param>
    public static async IAsyncEnumerable<T> Ahead<T>(
        this IAsyncEnumerable<T> items, int most, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(most) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var filling = FillAsync(items, channel.Writer, stop.Token);
        try
        {
            await foreach (var item in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return item;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await filling;
        }
    }

    /// <summary>What goes wrong on this side is told to the other, where the items before it have been taken.</summary>
    private static async Task FillAsync<T>(IAsyncEnumerable<T> items, ChannelWriter<T> writer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in items.WithCancellation(cancellationToken))
            {
                await writer.WriteAsync(item, cancellationToken);
            }

            writer.Complete();
        }
        catch (Exception e)
        {
            writer.Complete(e);
        }
    }
}
