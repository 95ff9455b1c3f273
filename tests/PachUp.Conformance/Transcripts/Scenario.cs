using System.Globalization;
using System.Text.RegularExpressions;
using PachUp.Pachyderm;

namespace PachUp.Conformance.Transcripts;

/// <summary>The scenario of a recording, read from its name, such as <c>07-pipelines-read</c>.</summary>
/// <param name="Name">The file's name without <c>.jsonl</c>.</param>
public sealed partial record Scenario(string Name)
{
    private const int FirstNumberOnAFreshServer = 20;
    private const int FirstNumberWithWorkers = 50;

    /// <summary>The number before the name. Scenarios are replayed in the order of their numbers.</summary>
    public int Number { get; } = NumberOf(Name);

    /// <summary>
    /// Whether the scenario continues where the one before it ended. Those below 20 were recorded one after the other on one server. The others began on an
    /// empty cluster.
    /// </summary>
    public bool ContinuesOnTheSameServer => Number < FirstNumberOnAFreshServer;

    /// <summary>Whether real workers ran on the recorded server. Such a recording does not show how the state of the server was made.</summary>
    public bool HadWorkers => Number >= FirstNumberWithWorkers;

    /// <summary>
    /// The archive whose objects are in the cluster's storage before the first call, such as <c>world</c> of 1.8.7; null for empty storage.
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
