using PachUp.Common.Disks;
using PachUp.Common.Files;
using PachUp.Pachyderm.Archives;
using PachUp.Testing;
using PachUp.Testing.Disks;
using Snapshooter.Xunit;

namespace PachUp.Pachyderm.Tests.Archives;

public sealed class ArchiveWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> RecordedArchives { get; } =
        [.. Recordings.ArchiveNames.Where(name => !name.Contains("mixed-with", StringComparison.Ordinal))];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(RecordedArchives))]
    public async Task A_copy_of_a_recorded_archive_has_the_same_content(string name)
    {
        var copy = _folder.File("copy");

        await ArchiveSamples.WriteAsync(copy, await ArchiveSamples.ReadRecordedAsync(name));

        Assert.Equal(await ArchiveSamples.DecompressAsync(Recordings.Archive(name)), await ArchiveSamples.DecompressAsync(copy));
    }

    [Fact]
    public async Task No_chunk_holds_more_than_64_KiB_so_that_pachctl_can_read_it()
    {
        var file = _folder.File("large");
        var random = new byte[1_000_000];
        new Random(1).NextBytes(random);
        await ArchiveSamples.WriteAsync(file, ObjectOf(random));

        var archive = await File.ReadAllBytesAsync(file);

        Assert.Equal([0xFF, 6, 0, 0, .. "sNaPpY"u8], archive[..10]);
        Assert.All(Chunks(archive).Skip(1), chunk =>
        {
            Assert.True(chunk.Type is 0x00 or 0x01);
            Assert.InRange(chunk.Length, 5, 4 + 65536);
        });
    }

    [Fact]
    public async Task The_final_name_exists_only_after_the_archive_is_complete()
    {
        await using var writer = ArchiveWriter.Create(_folder.File("a"));
        await writer.WriteAsync(OperationSamples.Repo("images"));
        Assert.Matches(@"^a\.[0-9a-f]{12}\.partial$", Assert.Single(_folder.FileNames));

        await writer.CompleteAsync(ArchiveSamples.Source);

        Assert.Equal(["a", "a.manifest.json"], _folder.FileNames);
    }

    [Fact]
    public async Task An_abandoned_archive_is_removed()
    {
        await using (var writer = ArchiveWriter.Create(_folder.File("a")))
        {
            await writer.WriteAsync(OperationSamples.Repo("images"));
        }

        Assert.Empty(_folder.FileNames);
    }

    [Fact]
    public async Task A_full_disk_leaves_no_file_with_the_final_name()
    {
        await using (var writer = new ArchiveWriter(_folder.File("a"), new NewFiles(), new FullDisk(room: 4096)))
        {
            var random = new byte[200_000];
            new Random(1).NextBytes(random);
            await Assert.ThrowsAsync<IOException>(async () =>
            {
                foreach (var operation in ObjectOf(random))
                {
                    await writer.WriteAsync(operation);
                }

                await writer.CompleteAsync(ArchiveSamples.Source);
            });
        }

        Assert.Empty(_folder.FileNames);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a.manifest.json")]
    public async Task An_archive_and_its_manifest_replace_no_file(string taken)
    {
        await File.WriteAllTextAsync(_folder.File(taken), "somebody's");

        var failure = await Assert.ThrowsAsync<NameTakenException>(() => ArchiveSamples.WriteAsync(_folder.File("a"), [OperationSamples.Repo("images")]));

        Assert.Equal($"\"{_folder.File(taken)}\" exists already, and it was not replaced", failure.Message);
        Assert.Equal([taken], _folder.FileNames);
        Assert.Equal("somebody's", await File.ReadAllTextAsync(_folder.File(taken)));
    }

    [Fact]
    public async Task The_archive_of_a_run_gets_its_name_with_the_other_files_of_the_backup()
    {
        using var files = new NewFiles("run-1");
        await using var writer = ArchiveWriter.Create(_folder.File("a"), files, "run-1");
        await writer.WriteAsync(OperationSamples.Repo("images"));
        await writer.CompleteAsync(ArchiveSamples.Source);
        Assert.Equal(["a.manifest.json.run-1.partial", "a.run-1.partial"], _folder.FileNames);

        files.GiveNames();

        Assert.Equal("run-1", (await ArchiveInspection.VerifyAsync(_folder.File("a"))).Manifest!.Run);
    }

    [Fact]
    public async Task The_names_of_an_archive_and_its_manifest_are_on_disk_and_the_archive_comes_last()
    {
        var changes = new List<DiskChange>();
        using var watch = Disk.Observe(new ScriptedDisk(changes.Add));

        await ArchiveSamples.WriteAsync(_folder.File("a"), [OperationSamples.Repo("images")]);

        var names = changes.OfType<DiskChange.Renamed>().ToList();
        Assert.Equal([_folder.File("a.manifest.json"), _folder.File("a")], names.Select(change => change.To));
        Assert.All(names, name => Assert.Contains(new DiskChange.FileFlushed(name.Path), changes.TakeWhile(change => change != name)));
        Assert.Equal([new DiskChange.DirectoryFlushed(_folder.Path), names[1], new DiskChange.DirectoryFlushed(_folder.Path)], changes.TakeLast(3));
    }

    [Fact]
    public async Task Only_the_owner_may_read_an_archive_and_its_manifest()
    {
        var file = _folder.File("a");
        await ArchiveSamples.WriteAsync(file, [OperationSamples.Repo("images")]);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file + ArchiveManifest.FileSuffix));
        }
    }

    [Fact]
    public async Task Operations_of_two_generations_are_not_written()
    {
        await using var writer = ArchiveWriter.Create(_folder.File("a"));
        await writer.WriteAsync(OperationSamples.Repo("images"));

        await Assert.ThrowsAsync<MalformedOperationException>(
            async () => await writer.WriteAsync(OperationSamples.Repo("labels").In(OperationGeneration.V1_9)));
    }

    [Fact]
    public async Task An_extract_that_ends_inside_an_object_cannot_be_completed()
    {
        await using var writer = ArchiveWriter.Create(_folder.File("a"));
        await writer.WriteAsync(ObjectOf([1, 2, 3]).First());

        await Assert.ThrowsAsync<MalformedOperationException>(() => writer.CompleteAsync(ArchiveSamples.Source));
    }

    [Fact]
    public async Task The_manifest_says_what_the_archive_holds()
    {
        var file = _folder.File("a");
        await ArchiveSamples.WriteAsync(file, await ArchiveSamples.ReadRecordedAsync("1.8.7-world-full"));

        Snapshot.Match(await File.ReadAllTextAsync(file + ArchiveManifest.FileSuffix));
    }

    private static IEnumerable<Operation> ObjectOf(byte[] content) => [OperationSamples.Chunk(content), OperationSamples.Chunk()];

    private static IEnumerable<(byte Type, int Length)> Chunks(byte[] archive)
    {
        for (var at = 0; at < archive.Length;)
        {
            var length = archive[at + 1] | (archive[at + 2] << 8) | (archive[at + 3] << 16);
            yield return (archive[at], length);
            at += 4 + length;
        }
    }

    private sealed class FullDisk(int room) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            Length + buffer.Length > room ? throw new IOException("No space left on device") : base.WriteAsync(buffer, cancellationToken);
    }
}
