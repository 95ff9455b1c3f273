namespace PachUp.Pachyderm.Inventories;

/// <summary>Counts items that are read in parallel. Each report counts more than the one before.</summary>
internal sealed class ItemCount
{
    private readonly Lock _lock = new();
    private readonly IProgress<InventoryProgress>? _progress;
    private InventoryProgress _state;

    /// <param name="progress">Receives the count; null for no receiver.</param>
    /// <param name="text">What is done.</param>
    /// <param name="total">How many items there are.</param>
    /// <param name="unit">What the items are.</param>
    public ItemCount(IProgress<InventoryProgress>? progress, string text, int total, string unit)
    {
        _progress = progress;
        _state = new InventoryProgress(text, 0, total, unit);
        progress?.Report(_state);
    }

    /// <summary>Counts one item.</summary>
    public void Add()
    {
        lock (_lock)
        {
            _state = _state with { Done = _state.Done + 1 };
            _progress?.Report(_state);
        }
    }
}
