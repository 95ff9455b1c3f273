using PachUp.Pachyderm.Archives;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests.Archives;

/// <summary>These tests measure the whole process, so they run alone.</summary>
[CollectionDefinition(nameof(ArchiveMemoryTests), DisableParallelization = true)]
[Collection(nameof(ArchiveMemoryTests))]
public sealed class ArchiveMemoryTests : IDisposable
{
    private const int Objects = 64;
    private const int ObjectBytes = 1024 * 1024;
    private const int AllowedGrowth = 16 * ObjectBytes;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Memory_does_not_grow_with_the_archive()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var largest = before;
        await using (var writer = ArchiveWriter.Create(_folder.File("a")))
        {
            foreach (var operation in LargeObjects())
            {
                await writer.WriteAsync(operation);
                largest = Math.Max(largest, GC.GetTotalMemory(forceFullCollection: true));
            }

            await writer.CompleteAsync(ArchiveSamples.Source);
        }

        var progress = new Watcher(() => largest = Math.Max(largest, GC.GetTotalMemory(forceFullCollection: true)));
        var report = await ArchiveInspection.VerifyAsync(_folder.File("a"), progress);

        Assert.Equal((Objects, (long)Objects * ObjectBytes), (report.Summary.Objects, report.Summary.ObjectBytes));
        Assert.True(progress.News >= Objects / 2, $"{progress.News} news");
        Assert.InRange(largest - before, 0, AllowedGrowth);
    }

    private static IEnumerable<Operation> LargeObjects()
    {
        var random = new Random(1);
        for (var made = 0; made < Objects; made++)
        {
            var content = new byte[ObjectBytes];
            random.NextBytes(content);
            yield return OperationSamples.Chunk(content);
            yield return OperationSamples.Chunk();
        }
    }

    private sealed class Watcher(Action watch) : IProgress<long>
    {
        public int News { get; private set; }

        public void Report(long value)
        {
            News++;
            watch();
        }
    }
}
