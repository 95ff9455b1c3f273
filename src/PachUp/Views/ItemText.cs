using PachUp.Pachyderm.Inventories;

namespace PachUp.Views;

/// <summary>Items of inventories in words.</summary>
internal static class ItemText
{
    /// <summary><c>branch images@feat.x: feat.x -> feat_x</c>.</summary>
    public static string Of(InventoryItem item) =>
        item.Detail.Length > 0 ? $"{item.Describe()}: {item.Detail}" : item.Describe();

    /// <summary><c>branch</c>.</summary>
    public static string NameOf(ItemKind kind) => kind.ToString().ToLowerInvariant();
}
