using System.Buffers;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Storage;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Stores the content of a file, which arrives in parts, as objects.</summary>
internal abstract class FileContent
{
    public abstract void Append(ReadOnlyMemory<byte> part);

    /// <summary>Stores the rest and returns the records of the file.</summary>
    public abstract PutFileRecords End();
}

/// <summary>A file that is not split: its content is stored in objects of 16 MiB.</summary>
internal sealed class WholeContent(ObjectStorage objects, OverwriteIndex? overwrite) : FileContent
{
    private const int ObjectBytes = 16 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly PutFileRecords _records = new() { Tombstone = overwrite is { Index: 0 } };

    public override void Append(ReadOnlyMemory<byte> part)
    {
        while (!part.IsEmpty)
        {
            var taken = part[..Math.Min(part.Length, ObjectBytes - _buffer.WrittenCount)];
            _buffer.Write(taken.Span);
            part = part[taken.Length..];
            if (_buffer.WrittenCount == ObjectBytes)
                Store();
        }
    }

    public override PutFileRecords End()
    {
        if (_buffer.WrittenCount > 0 || _records.Records.Count == 0)
            Store();

        return _records;
    }

    private void Store()
    {
        var content = _buffer.WrittenSpan.ToArray();
        _buffer.ResetWrittenCount();
        _records.Records.Add(new PutFileRecord
        {
            ObjectHash = objects.Put(content).Hash,
            SizeBytes = content.Length,
            OverwriteIndex = _records.Records.Count == 0 && overwrite is { Index: not 0 } ? overwrite : null,
        });
    }
}
