using System.Runtime.CompilerServices;
using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Pachyderm.Connections;

/// <summary>The messages of one <c>PutFile</c> call. The first message names the file, the others have more content.</summary>
internal static class PutFileRequests
{
    /// <param name="file">The file.</param>
    /// <param name="content">Its content, in parts of any size.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    public static async IAsyncEnumerable<PutFileRequest> Of(
        Wire.Pfs.File file, IAsyncEnumerable<ReadOnlyMemory<byte>> content, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Overwrite, because an earlier interrupted call may have left a part of the file in the commit.
        yield return new PutFileRequest { File = file, OverwriteIndex = new OverwriteIndex { Index = 0 } };
        await foreach (var part in content.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            for (var offset = 0; offset < part.Length; offset += Operation.MaxValueBytes)
            {
                var length = Math.Min(Operation.MaxValueBytes, part.Length - offset);
                yield return new PutFileRequest { Value = UnsafeByteOperations.UnsafeWrap(part.Slice(offset, length)) };
            }
        }
    }
}
