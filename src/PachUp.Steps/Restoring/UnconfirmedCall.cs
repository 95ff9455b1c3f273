using System.Collections.Immutable;
using System.Security.Cryptography;
using PachUp.Pachyderm;

namespace PachUp.Steps.Restoring;

/// <summary>Reads the content of an unconfirmed call. The content of objects is hashed, but not kept in memory.</summary>
internal static class UnconfirmedCall
{
    /// <param name="stream">The stream, at the beginning of the call.</param>
    /// <param name="limits">The largest size of the call.</param>
    public static async Task<ImmutableArray<UnconfirmedItem>> ReadAsync(OperationStream stream, RestoreLimits limits)
    {
        var items = ImmutableArray.CreateBuilder<UnconfirmedItem>();
        var meter = new BatchMeter(stream, limits);
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        while (await stream.PeekAsync() is { } next && !meter.EndsBefore(next))
        {
            await stream.TakeAsync();
            meter.Add(next);
            if (next.Kind == OperationKind.Object)
            {
                content.AppendData(next.ReadValue().Span);
            }

            if (stream.IsBetweenObjects)
            {
                items.Add(ItemOf(next, content, stream.Position));
            }
        }

        return items.ToImmutable();
    }

    /// <summary>The hash of an object is the SHA-512 of its content.</summary>
    private static UnconfirmedItem ItemOf(Operation last, IncrementalHash content, StreamPosition end) => last.Kind == OperationKind.Object
        ? new UnconfirmedItem(OperationKind.Object, [Convert.ToHexStringLower(content.GetHashAndReset())], end)
        : UnconfirmedItem.Of(last, end);
}
