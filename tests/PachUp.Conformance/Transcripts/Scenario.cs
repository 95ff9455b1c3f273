using System.Globalization;
using System.Text.RegularExpressions;
using PachUp.Pachyderm;

namespace PachUp.Conformance.Transcripts;

/// <summary>What a recording played, read from its name, such as <c>07-pipelines-read</c>.</summary>
/// <param name="Name">The file's name without <c>.jsonl</c>.</param>
public sealed partial record Scenario(string Name)
{
    private const int FirstNumberOnAFreshServer = 20;
    private const int FirstNumberWithWorkers = 50;

    /// <summary>The number in front of the name; scenarios are played in its order.</summary>
    public int Number { get; } = NumberOf(Name);

    /// <summary>
    /// Whether the scenario goes on where the one before it stopped. Those below 20 were recorded one after the other on one
    /// server, and each finds what the earlier ones left; the others began on an empty cluster.
    /// </summary>
    public bool ContinuesOnTheSameServer => Number < FirstNumberOnAFreshServer;

    /// <summary>Whether real workers ran on the recorded server. Such a recording does not show how the server came to hold what it held.</summary>
    public bool HadWorkers => Number >= FirstNumberWithWorkers;

    /// <summary>
    /// The archive whose objects lie in the cluster's storage before the first call, such as <c>world</c> of 1.8.7; null where the
    /// storage was empty.
    /// </summary>
    public (Release Release, string Archive)? StorageCopyOf { get; } = ReadStorageCopy(Name);

    private static int NumberOf(string name) =>
        int.TryParse(name.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    private static (Release Release, string Archive)? ReadStorageCopy(string name)
    {
        var match = CopyPattern().Match(name);
        return match.Success && Release.TryParse(match.Groups["release"].Value, out var release) ? (release, match.Groups["archive"].Value) : null;
    }

    [GeneratedRegex(@"^\d+-restore-(?<release>[\d.]+)-(?<archive>.+)-metadata-copy$")]
    private static partial Regex CopyPattern();
}
