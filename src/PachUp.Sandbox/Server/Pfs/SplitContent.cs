using System.Buffers;
using System.Text;
using System.Text.Json;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Storage;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>A file that is split at lines or JSON values into several files.</summary>
internal sealed class SplitContent(ObjectStorage objects, PutFileRequest request) : FileContent
{
    private readonly ArrayBufferWriter<byte> _content = new();

    public override void Append(ReadOnlyMemory<byte> part) => _content.Write(part.Span);

    public override PutFileRecords End()
    {
        var content = _content.WrittenSpan.ToArray();
        var dump = request.Delimiter is Delimiter.Sql ? SqlDump.Of(Lines(content)) : null;
        var values = dump?.Rows ?? [.. SplitIntoValues(content)];
        var headerCount = (int)Math.Min(request.HeaderRecords, values.Count);
        var records = new PutFileRecords { Split = true, Tombstone = request.OverwriteIndex is { Index: 0 } };
        if (headerCount > 0 || dump is not null)
            records.Header = Store(values.Take(headerCount).Prepend(dump?.Header ?? []));

        if (dump is not null)
            records.Footer = Store([dump.Footer]);

        AddHeaders(records);
        records.Records.Add(Group(values.Skip(headerCount)).Select(Store));
        return records;
    }

    private void AddHeaders(PutFileRecords records)
    {
        var headers = PutFileHeaders.Of(request);
        records.Header ??= RecordOf(headers.Header);
        records.Footer ??= RecordOf(headers.Footer);
    }

    private PutFileRecord? RecordOf(byte[]? part) => part switch
    {
        null => null,
        [] => new PutFileRecord(),
        _ => Store([part]),
    };

    private IEnumerable<byte[]> SplitIntoValues(byte[] content) => request.Delimiter switch
    {
        Delimiter.Line => Lines(content),
        Delimiter.Json => JsonValues(content),
        var other => throw new PachdError($"unrecognized delimiter {other.ToString().ToUpperInvariant()}"),
    };

    /// <summary>Groups values up to the requested limit; without a limit each value is a group.</summary>
    private IEnumerable<IReadOnlyList<byte[]>> Group(IEnumerable<byte[]> values)
    {
        var group = new List<byte[]>();
        foreach (var value in values)
        {
            group.Add(value);
            var hasNoLimits = request.TargetFileBytes == 0 && request.TargetFileDatums == 0;
            var isFull = (request.TargetFileBytes > 0 && group.Sum(part => (long)part.Length) >= request.TargetFileBytes)
                || (request.TargetFileDatums > 0 && group.Count >= request.TargetFileDatums);
            if (!hasNoLimits && !isFull)
                continue;

            yield return group;
            group = [];
        }

        if (group.Count > 0)
            yield return group;
    }

    private PutFileRecord Store(IEnumerable<byte[]> parts)
    {
        var content = parts.SelectMany(part => part).ToArray();
        return new PutFileRecord { ObjectHash = objects.Put(content).Hash, SizeBytes = content.Length };
    }

    private static IEnumerable<byte[]> Lines(byte[] content)
    {
        for (var at = 0; at < content.Length;)
        {
            var end = Array.IndexOf(content, (byte)'\n', at);
            var next = end < 0 ? content.Length : end + 1;
            yield return content[at..next];
            at = next;
        }
    }

    private static List<byte[]> JsonValues(byte[] content)
    {
        var values = new List<byte[]>();
        try
        {
            var reader = new Utf8JsonReader(content, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                values.Add(content[start..(int)reader.BytesConsumed]);
            }
        }
        catch (JsonException)
        {
            throw new PachdError($"invalid character in JSON value {values.Count + 1}: {Encoding.UTF8.GetString(content, 0, Math.Min(content.Length, 20))}");
        }

        return values;
    }
}
