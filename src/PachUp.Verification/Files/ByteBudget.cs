namespace PachUp.Verification.Files;

/// <summary>A limit on the number of bytes to read.</summary>
/// <param name="bytes">The limit.</param>
internal sealed class ByteBudget(long bytes)
{
    private long _left = bytes;

    /// <summary>No limit.</summary>
    public static ByteBudget Unlimited => new(long.MaxValue);

    /// <summary>Takes this many bytes if they are left.</summary>
    public bool TryTake(long bytes)
    {
        while (Volatile.Read(ref _left) is var left && left >= bytes)
        {
            if (Interlocked.CompareExchange(ref _left, left - bytes, left) == left)
            {
                return true;
            }
        }

        return false;
    }
}
