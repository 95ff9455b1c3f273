using System.Runtime.CompilerServices;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Files;

/// <summary>The file with one path on both sides; null if a side has no such file.</summary>
/// <param name="Source">The file of the source.</param>
/// <param name="Target">The file of the target.</param>
internal readonly record struct FilePair(CommitFile? Source, CommitFile? Target)
{
    /// <summary>Pairs two sorted listings, with one file of each in memory.</summary>
    public static async IAsyncEnumerable<FilePair> MatchAsync(
        IAsyncEnumerable<CommitFile> source, IAsyncEnumerable<CommitFile> target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var left = source.GetAsyncEnumerator(cancellationToken);
        await using var right = target.GetAsyncEnumerator(cancellationToken);
        var (hasLeft, hasRight) = (await left.MoveNextAsync(), await right.MoveNextAsync());
        while (hasLeft || hasRight)
        {
            var order = !hasRight ? -1 : !hasLeft ? 1 : FileWalk.ComparePaths(left.Current.Path, right.Current.Path);
            yield return new FilePair(order <= 0 ? left.Current : null, order >= 0 ? right.Current : null);
            hasLeft = order <= 0 ? await left.MoveNextAsync() : hasLeft;
            hasRight = order >= 0 ? await right.MoveNextAsync() : hasRight;
        }
    }
}
