namespace PachUp.Verification.Files;

/// <summary>How many bytes may still be read.</summary>
/// <param name="bytes">How many in all.</param>
internal sealed class ByteBudget(long bytes)
{
    private long _left = bytes;

    /// <summary>As many as there are.</summary>
    public static ByteBudget Unlimited => new(long.MaxValue);

    /// <summary>Takes some, if so many are left.</summary>
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
