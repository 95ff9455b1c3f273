using System.Globalization;
using System.Text;
using PachUp.Pachyderm.Connections;

namespace PachUp.Pachyderm.Schedules;

/// <summary>The newest tick in the repo of a cron input. pachd counts on from it when it begins to watch the pipeline.</summary>
/// <param name="Path">The file that says so.</param>
/// <param name="Moment">The time of the tick; null where the file says none, and then pachd makes no tick any more.</param>
public sealed record CronTick(string Path, DateTimeOffset? Moment)
{
    /// <summary>The branch that ticks are made on.</summary>
    public const string Branch = "master";

    private const string PathUntil1_7 = "/time";
    private const string NameFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string ContentFormat = "yyyy-MM-dd'T'HH:mm:ss'.000Z'";
    private static readonly string[] ReadFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Whether it has the form that releases up to 1.7 read.</summary>
    public bool HasFormUntil1_7 => Path == PathUntil1_7;

    /// <summary>A tick as a release writes it.</summary>
    public static CronTick Of(DateTimeOffset moment, ReleaseTraits release)
    {
        ArgumentNullException.ThrowIfNull(release);
        return new CronTick(release.NamesTicksByTime ? "/" + Text(moment, NameFormat) : PathUntil1_7, moment);
    }

    /// <summary>What the file of the tick holds.</summary>
    public byte[] Content() => HasFormUntil1_7 && Moment is { } moment ? Encoding.UTF8.GetBytes($"\"{Text(moment, ContentFormat)}\"") : [];

    /// <summary>The newest tick of a repo; null where it has none.</summary>
    /// <exception cref="PachdException">There is no such repo, or its files cannot be listed.</exception>
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
