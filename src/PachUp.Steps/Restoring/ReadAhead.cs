using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PachUp.Steps.Restoring;

/// <summary>Reads ahead, so that reading and sending happen at the same time; reading waits if sending is slower.</summary>
internal static class ReadAhead
{
    /// <summary>Returns the same items, but reads some of them before they are requested.</summary>
    /// <param name="items">The items.</param>
    /// <param name="most">The largest number of items to read ahead, and so to keep in memory.</param>
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

    /// <summary>An exception while reading reaches the consumer after the items before it.</summary>
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
