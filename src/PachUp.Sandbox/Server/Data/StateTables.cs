using Google.Protobuf;
using Microsoft.Data.Sqlite;
using PachUp.Pachyderm;
using PachUp.Sandbox.Server.Metadata;

namespace PachUp.Sandbox.Server.Data;

/// <summary>Reads and writes the state of a cluster.</summary>
internal sealed class StateTables(Database database)
{
    /// <summary>The id of the cluster and the release that it behaves as.</summary>
    public (string Id, string Release) Cluster =>
        database.Query("SELECT id, release FROM cluster", row => (row.GetString(0), row.GetString(1))).Single();

    /// <summary>All messages of all collections.</summary>
    public IEnumerable<StoredMessage> Messages => database.Query("SELECT collection, key, created, changed, message FROM messages", row =>
        new StoredMessage(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4)));

    /// <summary>All blobs by their keys.</summary>
    public IEnumerable<KeyValuePair<string, StoredBlob>> Blobs => database.Query("SELECT key, value, file, length FROM blobs", row =>
        KeyValuePair.Create(row.GetString(0), new StoredBlob(BytesOf(row, 1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3))));

    /// <summary>Changes the release of the cluster.</summary>
    public void ChangeRelease(Release release) => database.InTransaction(() =>
    {
        using var update = database.Prepare("UPDATE cluster SET release = $1");
        update.Run(release.ToString());
    });

    /// <summary>Writes a batch as one transaction.</summary>
    public void Write(Batch batch) => database.InTransaction(() =>
    {
        WriteMessages(batch);
        WriteBlobs(batch);
    });

    private void WriteMessages(Batch batch)
    {
        using var put = database.Prepare("INSERT OR REPLACE INTO messages (collection, key, created, changed, message) VALUES ($1, $2, $3, $4, $5)");
        using var delete = database.Prepare("DELETE FROM messages WHERE collection = $1 AND key = $2");
        foreach (var ((collection, key), kept) in batch.Messages)
        {
            if (kept is null)
                delete.Run(collection, key);
            else
                put.Run(collection, key, kept.Created, kept.Changed, kept.Message.ToByteArray());
        }
    }

    private void WriteBlobs(Batch batch)
    {
        using var put = database.Prepare("INSERT OR REPLACE INTO blobs (key, value, file, length) VALUES ($1, $2, $3, $4)");
        using var delete = database.Prepare("DELETE FROM blobs WHERE key = $1");
        foreach (var (key, blob) in batch.Blobs)
        {
            if (blob is null)
                delete.Run(key);
            else
                put.Run(key, blob.Value, blob.File, blob.Length);
        }
    }

    private static byte[]? BytesOf(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
}
