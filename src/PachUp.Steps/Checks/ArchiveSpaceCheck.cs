using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Checks that the archive fits on its disk: an extract that fills the disk fails and has to start again.</summary>
internal sealed class ArchiveSpaceCheck : ICheck
{
    public string Name => "archive-space";

    public string Question => "Does the archive fit on the disk it is written to?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Writers are kept out during the extract, so a full disk makes the downtime longer. An existing archive may be a backup, so it must "
            + "not be overwritten.",
        WhenPassed = "The disk has room for everything on the source, even without compression.",
        WhenWarned = "The source holds more bytes than the disk has free. The archive may still fit, because it is compressed.",
        WhenRefused = "A file with this name exists. Move it, or choose another path with --set archive=PATH.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.ReadsCluster();

    public bool IsAboutThisMachine => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(context.ArchivePath switch
    {
        null => CheckResult.Passed("This plan writes no archive"),
        var path when File.Exists(path) => CheckResult.Refused(
            $"the file \"{path}\" exists already", "It may be a backup. Move it, or choose another path, for example with --set archive=PATH."),
        var path => Compare(path, SourceSize.Of(context.Survey.Source, context.CarriesObjects)),
    });

    private static CheckResult Compare(string path, long size) => FreeSpace.Of(Path.GetDirectoryName(Path.GetFullPath(path))!) switch
    {
        null => CheckResult.Passed($"The operating system does not report the free space at {path}"),
        { } free when size <= free => CheckResult.Passed(
            $"The source holds at most {Words.Bytes(size)}; {Words.Bytes(free)} are free at {path}"),
        { } free => CheckResult.Warning(
            $"the source holds up to {Words.Bytes(size)}, but only {Words.Bytes(free)} are free at {path}, where the archive is written",
            "Free some space, or choose a larger disk, for example with --set archive=PATH. The archive may still fit, because it is compressed."),
    };
}
