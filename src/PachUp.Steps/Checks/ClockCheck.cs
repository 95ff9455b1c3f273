using System.Globalization;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>pachd tells nobody its time, but its commits have times, and releases the day on which they were tagged.</summary>
internal sealed class ClockCheck(TimeProvider time, ReleaseCatalogue releases) : ICheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public string Name => "clock";

    public string Question => "Does the clock of this machine agree with the source?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Runs, manifests and reports carry the time of this machine, and certificates are judged by it. A clock that is wrong makes a "
            + "record of the migration that nobody can put in order with the logs of the clusters.",
        WhenPassed = "Nothing on the source is later than the time here, and the time here is later than the source's release.",
        WhenWarned = "The clock of this machine, or that of the source, is wrong. Set it right before times are written down.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.ReadsCluster();

    public bool IsAboutThisMachine => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var source = context.Survey.Source;
        var now = time.GetUtcNow();
        return Task.FromResult((NewestOf(source), TaggedOn(source)) switch
        {
            ({ } newest, _) when newest > now + Tolerance => Wrong($"the source has a commit of {Text(newest)}, and here it is {Text(now)}"),
            (_, { } tagged) when now < tagged => Wrong($"here it is {Text(now)}, and {source.Release} was released on {Text(tagged)}"),
            _ => CheckResult.Passed($"Nothing on the source is later than the time here, {Text(now)}"),
        });
    }

    private static CheckResult Wrong(string found) =>
        CheckResult.Warning(found, "Set the clock of this machine, or that of the cluster's nodes, right (NTP), then plan again.");

    private static DateTimeOffset? NewestOf(ClusterInventory source) =>
        source.Repos.SelectMany(repo => repo.Commits.SelectMany(commit => new[] { commit.Started, commit.Finished }).Append(repo.Created)).Max();

    private DateTimeOffset? TaggedOn(ClusterInventory source) =>
        releases.Releases.FirstOrDefault(known => known.Release == source.Release.WithoutSuffix()) is { } known
            ? new DateTimeOffset(known.Tagged, TimeOnly.MinValue, TimeSpan.Zero)
            : null;

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
