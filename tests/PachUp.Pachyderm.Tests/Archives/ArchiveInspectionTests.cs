using System.Text;
using PachUp.Pachyderm.Archives;
using PachUp.Testing;
using Snapshooter.Xunit;

namespace PachUp.Pachyderm.Tests.Archives;

public sealed class ArchiveInspectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> MixedArchives { get; } =
        [.. Recordings.ArchiveNames.Where(name => name.Contains("mixed-with", StringComparison.Ordinal))];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_recorded_archive_is_read_or_refused_with_a_reason()
    {
        var text = new StringBuilder();
        foreach (var name in Recordings.ArchiveNames)
        {
            text.Append(name).Append(": ").Append(await DescribeAsync(name)).Append('\n');
        }

        Snapshot.Match(text.ToString());
    }

    [Theory]
    [MemberData(nameof(MixedArchives))]
    public async Task An_archive_of_two_generations_is_refused(string name)
    {
        var error = await Assert.ThrowsAsync<ArchiveCorruptException>(() => ArchiveInspection.VerifyAsync(Recordings.Archive(name)));

        Assert.Contains("cannot mix operations of different generations", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.7.14-empty")]
    [InlineData("1.8.7-empty")]
    [InlineData("1.8.8-empty")]
    [InlineData("1.9.0-empty")]
    public async Task An_empty_file_is_an_archive_without_operations(string name)
    {
        var report = await ArchiveInspection.VerifyAsync(Recordings.Archive(name));

        Assert.Equal((0, new ArchiveSummary()), (report.Bytes, report.Summary));
    }

    [Fact]
    public async Task A_missing_file_is_not_found() =>
        await Assert.ThrowsAsync<FileNotFoundException>(() => ArchiveInspection.VerifyAsync(_folder.File("nowhere")));

    [Fact]
    public async Task An_object_without_its_end_is_refused()
    {
        var error = await RefusalOfAsync(OperationSamples.Chunk(1), OperationSamples.Repo("images"));

        Assert.Contains(
            "Operation 2 is wrong: it is a Repo inside an object: the empty value at its end is missing.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_block_in_the_middle_of_an_object_is_refused()
    {
        var error = await RefusalOfAsync(OperationSamples.Chunk(1).In(OperationGeneration.V1_9), OperationSamples.Block(2));

        Assert.Contains("Operation 2 is wrong: it is a Block inside an object", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_ends_inside_an_object_is_refused() => Assert.Contains(
        "Operation 1 is wrong: the stream ends inside an object", await RefusalOfAsync(OperationSamples.Chunk(1)), StringComparison.Ordinal);

    [Fact]
    public async Task A_kind_that_the_generation_does_not_have_is_refused()
    {
        var job = Operation.Create(OperationGeneration.V1_8, OperationKind.Job, new Wire.Pfs.Repo());

        Assert.Contains("generation 1.8 has no operation of the kind Job", await RefusalOfAsync(job), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[0], "it is empty, or of a generation that no known release sends")]
    [InlineData(new byte[] { 0x42, 0 }, "it is empty, or of a generation that no known release sends")]
    [InlineData(new byte[] { 0x12, 0 }, "it is empty, or of a kind that no known release of line 1.8 sends")]
    [InlineData(new byte[] { 0x12, 3, 0x9A, 0x01, 0 }, "it is empty, or of a kind that no known release of line 1.8 sends")]
    [InlineData(new byte[] { 0x12, 4, 0x22, 2, 0x0A, 5 }, "it is not a valid pfs.CreateRepoRequest")]
    public async Task An_operation_that_no_release_sends_is_refused(byte[] operation, string expected) =>
        Assert.Contains(expected, await RefusalOfAsync(operation), StringComparison.Ordinal);

    [Fact]
    public async Task An_archive_that_was_changed_after_its_manifest_was_written_is_refused()
    {
        var file = await WriteAsync("a", OperationSamples.Repo("images"));
        File.Copy(await WriteAsync("b", OperationSamples.Repo("imagex")), file, overwrite: true);

        var error = await Assert.ThrowsAsync<ArchiveCorruptException>(() => ArchiveInspection.VerifyAsync(file));

        Assert.Contains("does not match its manifest: its SHA-256 is", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_that_is_shorter_than_its_manifest_says_is_refused()
    {
        var file = await WriteAsync("a", OperationSamples.Repo("images"));
        await File.WriteAllBytesAsync(file, []);

        var error = await Assert.ThrowsAsync<ArchiveCorruptException>(() => ArchiveInspection.VerifyAsync(file));

        Assert.Contains("its size in bytes is 0, but the manifest has", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_with_other_counts_is_refused()
    {
        var file = await WriteAsync("a", OperationSamples.Repo("images"));
        await EditManifestAsync(file, "\"repos\": 1", "\"repos\": 2");

        var error = await Assert.ThrowsAsync<ArchiveCorruptException>(() => ArchiveInspection.VerifyAsync(file));

        Assert.Contains("its content is", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 2", "Use a newer PachUp")]
    [InlineData("{", "", "cannot be read")]
    [InlineData("1.8.7", "latest", "A release is three numbers such as 1.8.7")]
    public async Task A_manifest_that_cannot_be_read_is_refused(string text, string replacement, string expected)
    {
        var file = await WriteAsync("a", OperationSamples.Repo("images"));
        await EditManifestAsync(file, text, replacement);

        var error = await Assert.ThrowsAsync<ArchiveCorruptException>(() => ArchiveInspection.VerifyAsync(file));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_matching_manifest_is_part_of_the_report()
    {
        var file = _folder.File("a");
        var manifest = await ArchiveSamples.WriteAsync(file, [OperationSamples.Repo("images")]);

        var report = await ArchiveInspection.VerifyAsync(file);

        Assert.Equal(manifest, report.Manifest);
        Assert.Equal((manifest.Bytes, manifest.Sha256, manifest.Summary), (report.Bytes, report.Sha256, report.Summary));
    }

    private static async Task<string> DescribeAsync(string name)
    {
        try
        {
            return (await ArchiveInspection.VerifyAsync(Recordings.Archive(name))).Summary.ToString();
        }
        catch (ArchiveCorruptException e)
        {
            return e.InnerException!.Message;
        }
    }

    private static async Task EditManifestAsync(string archive, string text, string replacement)
    {
        var path = archive + ArchiveManifest.FileSuffix;
        var manifest = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, manifest.Replace(text, replacement, StringComparison.Ordinal));
    }

    private async Task<string> WriteAsync(string name, params Operation[] operations)
    {
        await ArchiveSamples.WriteAsync(_folder.File(name), operations);
        return _folder.File(name);
    }

    private Task<string> RefusalOfAsync(params Operation[] operations) =>
        RefusalOfAsync([.. operations.Select(operation => operation.Bytes.ToArray())]);

    private async Task<string> RefusalOfAsync(params byte[][] operations)
    {
        var file = _folder.File("refused");
        var content = operations.SelectMany(operation => BitConverter.GetBytes((long)operation.Length).Concat(operation));
        await File.WriteAllBytesAsync(file, ArchiveSamples.Compress([.. content]));
        return (await Assert.ThrowsAsync<ArchiveCorruptException>(() => ArchiveInspection.VerifyAsync(file))).Message;
    }
}
