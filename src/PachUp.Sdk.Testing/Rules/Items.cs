using PachUp.Pachyderm.Inventories;

namespace PachUp.Sdk.Testing.Rules;

/// <summary>Describes items.</summary>
internal static class Items
{
    /// <summary><c>branch images@master (head)</c>.</summary>
    public static string Describe(InventoryItem item) =>
        $"{item.Kind.ToString().ToLowerInvariant()} {item.Name}" + (item.Detail.Length > 0 ? $" ({item.Detail})" : "");
}
