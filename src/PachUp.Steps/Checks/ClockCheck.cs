using System.Globalization;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>
/// Compares the clock of this machine with the source. pachd does not report its time, but commits have times, and each release has a date.
/// </summary>
internal sealed class ClockCheck(TimeProvider time, ReleaseCatalogue releases) : ICheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public string Name => "clock";

    public string Question => "Does the clock of this machine agree with the source?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Runs, manifests and reports carry the time of this machine, and certificates are checked against it. With a wrong clock you cannot "
            + "compare the record of the migration with the logs of the clusters.",
        WhenPassed = "No commit on the source is later than the time of this machine, and this time is later than the date of the source's release.",
        WhenWarned = "The clock of this machine or of the source is wrong. Correct it before you migrate.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.ReadsCluster();

    public bool IsAboutThisMachine => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var source = context.Survey.Source;
        var now = time.GetUtcNow();
        return Task.FromResult((NewestOf(source), TaggedOn(source)) switch
        {
            ({ } newest, _) when newest > now + Tolerance => Wrong($"the source has a commit from {Text(newest)}, but this machine's clock says {Text(now)}"),
            (_, { } tagged) when now < tagged => Wrong($"this machine's clock says {Text(now)}, but {source.Release} was released on {Text(tagged)}"),
            _ => CheckResult.Passed($"No commit on the source is later than this machine's time, {Text(now)}"),
        });
    }

    private static CheckResult Wrong(string found) =>
        CheckResult.Warning(found, "Correct the clock of this machine or of the cluster's nodes (NTP), then plan again.");

    private static DateTimeOffset? NewestOf(ClusterInventory source) =>
        source.Repos.SelectMany(repo => repo.Commits.SelectMany(commit => new[] { commit.Started, commit.Finished }).Append(repo.Created)).Max();

    private DateTimeOffset? TaggedOn(ClusterInventory source) =>
        releases.Releases.FirstOrDefault(known => known.Release == source.Release.WithoutSuffix()) is { } known
            ? new DateTimeOffset(known.Tagged, TimeOnly.MinValue, TimeSpan.Zero)
            : null;

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
