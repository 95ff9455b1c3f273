using System.Globalization;
using System.Text;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Pps;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>
/// The file of a cron tick. From 1.8 on it is an empty file whose name is the time. In 1.7 it is always the same file, and holds the time as JSON.
/// </summary>
internal sealed class TickFile(Pachd pachd, PpsTraits traits)
{
    private const string NameInV1_7 = "/time";
    private const string NameFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string JsonFormat = "'\"'yyyy-MM-dd'T'HH:mm:ss'.000Z\"'";

    /// <summary>The files that a tick puts into its commit.</summary>
    public IReadOnlyList<(string Path, PutFileRecords Records)> Writes(CronTick tick)
    {
        var gone = new PutFileRecords { Tombstone = true };
        if (traits.NamesTicksByTime)
            return tick.Input.Overwrite ? [(NameOf(tick.Before), gone), Put(NameOf(tick.At), "")] : [Put(NameOf(tick.At), "")];

        return [(NameInV1_7, gone), Put(NameInV1_7, Text(tick.At, JsonFormat))];
    }

    /// <summary>The time of the newest tick among files; null if there is none.</summary>
    /// <exception cref="PachdError">The file cannot be read, or holds no time.</exception>
    public DateTimeOffset? MomentIn(HashTree files)
    {
        if (traits.NamesTicksByTime)
            return files.List("/") is [.., var (_, newest)] ? Parse(newest.Name, NameFormat) : null;

        return files.Find(NameInV1_7) is { Objects: { } objects }
            ? Parse(string.Concat(objects.Select(hash => Encoding.UTF8.GetString(pachd.Objects.Read(hash).Span))), JsonFormat)
            : null;
    }

    private static string NameOf(DateTimeOffset moment) => "/" + Text(moment, NameFormat);

    private static string Text(DateTimeOffset moment, string format) => moment.ToUniversalTime().ToString(format, CultureInfo.InvariantCulture);

    private static DateTimeOffset Parse(string text, string format) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new PachdError($"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{text}\" as \"2006\"");

    private (string Path, PutFileRecords Records) Put(string path, string text)
    {
        var content = new WholeContent(pachd.Objects, overwrite: null);
        content.Append(Encoding.UTF8.GetBytes(text));
        return (path, content.End());
    }
}
