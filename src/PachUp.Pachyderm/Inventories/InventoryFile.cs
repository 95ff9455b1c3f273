namespace PachUp.Pachyderm.Inventories;

/// <summary>Inventories as JSON files: the same inventory always gives the same bytes.</summary>
public static class InventoryFile
{
    /// <summary>The file's text.</summary>
    public static string Serialize(ClusterInventory inventory) => throw new NotImplementedException();

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    /// <exception cref="FormatException">It is not an inventory; the message says what and where.</exception>
    public static ClusterInventory Deserialize(string json) => throw new NotImplementedException();

    /// <summary>Writes a file; it appears under its name only when it is complete.</summary>
    public static Task WriteAsync(string path, ClusterInventory inventory, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is not an inventory; the message names the file.</exception>
    public static Task<ClusterInventory> ReadAsync(string path, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
