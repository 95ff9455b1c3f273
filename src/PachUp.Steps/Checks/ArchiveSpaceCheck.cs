using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>A disk that fills up in the middle of an extract costs the time of the extract.</summary>
internal sealed class ArchiveSpaceCheck : ICheck
{
    public string Name => "archive-space";

    public string Question => "Does the archive fit on the disk where it is to be written?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Writers are kept out while the state is extracted, so a disk that fills up in the middle costs downtime. And an archive that is "
            + "written over was somebody's backup.",
        WhenPassed = "There is room for all that the source holds, before compression.",
        WhenWarned = "All that the source holds is more than what is free. Content that compresses well may fit all the same.",
        WhenRefused = "There is a file of that name already. Move it away, or choose another path with --set archive=PATH.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.ReadsCluster();

    public bool IsAboutThisMachine => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(context.ArchivePath switch
    {
        null => CheckResult.Passed("The plan writes no archive"),
        var path when File.Exists(path) => CheckResult.Refused(
            $"there is a file \"{path}\" already", "It may be a backup: move it away, or choose another path, such as with --set archive=PATH."),
        var path => Compare(path, SourceSize.Of(context.Survey.Source, context.CarriesObjects)),
    });

    private static CheckResult Compare(string path, long size) => FreeSpace.Of(Path.GetDirectoryName(Path.GetFullPath(path))!) switch
    {
        null => CheckResult.Passed($"The system does not say how much is free at {path}"),
        { } free when size <= free => CheckResult.Passed(
            $"The source holds at most {Words.Bytes(size)}, and {Words.Bytes(free)} are free at {path}"),
        { } free => CheckResult.Warning(
            $"the source holds up to {Words.Bytes(size)}, and {Words.Bytes(free)} are free where the archive is written, at {path}",
            "Make room, or choose a larger disk, such as with --set archive=PATH. Content that compresses well may fit all the same."),
    };
}
