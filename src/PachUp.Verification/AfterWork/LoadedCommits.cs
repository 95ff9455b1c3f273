using PachUp.Common.Files;
using PachUp.Verification.Records;

namespace PachUp.Verification.AfterWork;

/// <summary>
/// Tells which commits of the target hold the files of which input commits of the source, both as <c>repo@id</c>. A reload makes new commits; other
/// migrations keep the ids of input commits.
/// </summary>
internal static class LoadedCommits
{
    /// <summary>Writes them into the run directory.</summary>
    public static void Write(string runDirectory, SortedDictionary<string, string> commits) =>
        JsonFile.Write(Path.Combine(runDirectory, RecordFiles.LoadedCommits), commits);

    /// <summary>
    /// The head with its inputs by their ids on the target. An input that was not loaded keeps its id, which the target does not know.
    /// </summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public static Func<OutputHead, OutputHead> Translation(string runDirectory) =>
        JsonFile.TryRead<SortedDictionary<string, string>>(Path.Combine(runDirectory, RecordFiles.LoadedCommits)) is { } loaded
            ? head => head with { Inputs = [.. head.Inputs.Select(input => loaded.GetValueOrDefault(input, input)).Order(StringComparer.Ordinal)] }
            : head => head;
}
