using System.Globalization;

namespace PachUp.Pachyderm.Inventories;

/// <summary>What the reading of an inventory does, and how much of it is done.</summary>
/// <param name="Text">What it does. The text stays the same while the same work goes on.</param>
/// <param name="Done">How much is done; null if it is not counted.</param>
/// <param name="Total">How much there is; null if this is not known.</param>
/// <param name="Unit">What is counted, such as "repos".</param>
public sealed record InventoryProgress(string Text, long? Done = null, long? Total = null, string Unit = "")
{
    /// <summary>All of it on one line, such as "listing the cluster: 3 of 12 repos".</summary>
    public override string ToString() => (Done, Total) switch
    {
        (null, _) => Text,
        ({ } done, null) => string.Create(CultureInfo.InvariantCulture, $"{Text}: {done} {Unit}"),
        ({ } done, { } total) => string.Create(CultureInfo.InvariantCulture, $"{Text}: {done} of {total} {Unit}"),
    };
}
