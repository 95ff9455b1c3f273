using System.Globalization;
using System.Text;
using PachUp.Pachyderm.Connections;

namespace PachUp.Pachyderm.Schedules;

/// <summary>A tick in the repo of a cron input. pachd continues from the newest tick when it starts to watch the pipeline.</summary>
/// <param name="Path">The file of the tick.</param>
/// <param name="Moment">The time of the tick; null if the file has no valid time. Then pachd creates no more ticks.</param>
public sealed record CronTick(string Path, DateTimeOffset? Moment)
{
    /// <summary>The branch of ticks.</summary>
    public const string Branch = "master";

    private const string PathUntil1_7 = "/time";
    private const string NameFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string ContentFormat = "yyyy-MM-dd'T'HH:mm:ss'.000Z'";
    private static readonly string[] ReadFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Whether it has the format of releases up to 1.7.</summary>
    public bool HasFormUntil1_7 => Path == PathUntil1_7;

    /// <summary>A tick in the format of a release.</summary>
    public static CronTick Of(DateTimeOffset moment, ReleaseTraits release)
    {
        ArgumentNullException.ThrowIfNull(release);
        return new CronTick(release.NamesTicksByTime ? "/" + Text(moment, NameFormat) : PathUntil1_7, moment);
    }

    /// <summary>The content of the file.</summary>
    public byte[] Content() => HasFormUntil1_7 && Moment is { } moment ? Encoding.UTF8.GetBytes($"\"{Text(moment, ContentFormat)}\"") : [];

    /// <summary>The newest tick of a repo; null if it has none.</summary>
    /// <exception cref="PachdException">The repo does not exist, or its files cannot be listed.</exception>
    public static async Task<CronTick?> FindNewestAsync(PachdClient client, string repo, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var branches = await client.ListBranchesAsync(repo, cancellationToken).ConfigureAwait(false);
        if (branches.FirstOrDefault(branch => branch.Branch?.Name == Branch || branch.Name == Branch)?.Head?.Id is not { Length: > 0 } head)
        {
            return null;
        }

        var paths = await client.ListFilesAsync(repo, head, "/", cancellationToken)
            .Select(file => "/" + (file.File?.Path ?? "").TrimStart('/'))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return paths.Max(StringComparer.Ordinal) switch
        {
            null => null,
            PathUntil1_7 => new CronTick(PathUntil1_7, Parse(await ReadAsync(client, repo, head, cancellationToken).ConfigureAwait(false))),
            var path => new CronTick(path, Parse(path[1..])),
        };
    }

    private static async Task<string> ReadAsync(PachdClient client, string repo, string commit, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        await foreach (var part in client.ReadFileAsync(repo, commit, PathUntil1_7, cancellationToken).ConfigureAwait(false))
        {
            text.Append(Encoding.UTF8.GetString(part.Span));
        }

        return text.ToString().Trim('"');
    }

    private static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParseExact(text, ReadFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private static string Text(DateTimeOffset moment, string format) => moment.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
