using PachUp.EndToEnd.Tests.MainJob;
using PachUp.Engine.Conversions;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Conversions;

/// <summary>Converted archives are restored in one call, like a restore by pachctl.</summary>
public sealed class ConversionTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pachup-conversions-");

    private readonly ArchiveConverter _converter = new(MigrationHarness.Shipped.Value, ReleaseCatalogue.BuiltIn);

    /// <summary>The only target of an archive of 1.9.6 or later.</summary>
    private static string? NextOf(string archive) => archive.Split('.')[1] switch
    {
        "9" => "1.10.5",
        "10" => "1.11.9",
        "11" => "1.12.5",
        "12" => "1.13.4",
        _ => null,
    };

    public static TheoryData<string, string> FullArchives
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var archive in Recordings.ArchiveNames.Where(name => name.EndsWith("-full", StringComparison.Ordinal) && !name.StartsWith("1.9.0", StringComparison.Ordinal) && !name.StartsWith("1.13", StringComparison.Ordinal) && !name.Contains("cronrace", StringComparison.Ordinal)))
            {
                if (NextOf(archive) is { } next)
                {
                    data.Add(archive, next);
                    continue;
                }

                data.Add(archive, "1.9.0");
                data.Add(archive, "1.9.12");
                if (archive.StartsWith("1.7.", StringComparison.Ordinal))
                {
                    data.Add(archive, "1.8.8");
                }
            }

            return data;
        }
    }

    private string New => Path.Combine(_directory.FullName, "new.pachx");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(FullArchives))]
    public async Task A_converted_archive_arrives_as_predicted_or_is_refused(string archive, string target)
    {
        var conversion = await _converter.PlanAsync(RequestFor(archive, target), progress: null, CancellationToken.None);
        if (conversion.IsRefused)
        {
            // The one has names that no later release accepts, the other more pipelines than 1.13 takes.
            Assert.True(archive.StartsWith("1.7.14-odd", StringComparison.Ordinal) || (archive, target) == ("1.12.5-world-full", "1.13.4"), archive);
            return;
        }

        var manifest = await ArchiveConverter.WriteAsync(conversion, progress: null, CancellationToken.None);
        var restored = await RestoreAsync(target);

        Assert.Equal(Release.Parse(target), manifest.Source.Release);
        Assert.Equal(conversion.Source.Release, manifest.Source.ConvertedFrom);
        Assert.Equal(manifest, (await ArchiveInspection.VerifyAsync(New)).Manifest);
        var difference = InventoryDifference.Between(conversion.ExpectedTarget.Inventory, restored, Comparable(conversion.ExpectedTarget));
        Assert.Empty(difference.Lost);

        // An archive does not tell which pipelines are stopped, but a restore into 1.10 or later leaves them stopped.
        var state = target.StartsWith("1.1", StringComparison.Ordinal) ? "(state: running -> stopped)?" : "";
        Assert.All(difference.Changed, item => Assert.Matches($$"""^(salt: "" -> "[0-9a-f]{32}"(; )?)?(datum_tries: 0 -> 3)?{{state}}$""", item.Detail));
    }

    [Fact]
    public async Task The_cluster_supplies_fields_that_the_extract_omits()
    {
        await using var source = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse("1.8.7") });
        using (var builder = new ClusterBuilder(source.Address))
        {
            await builder.CreateRepoAsync("images");
            await builder.CommitFileAsync("images", "feat.x", "/1.png", "one");
            await builder.CreatePipelineAsync("edges", "images", "feat.x", request => (request.DatumTries, request.PodPatch) = (7, "[]"));
        }

        await using var client = PachdClient.Create(source.Address);
        var listed = Assert.Single(await client.ListPipelinesAsync());
        var request = await ExtractAsync(client) with { PipelinesFrom = client };

        var conversion = await _converter.PlanAsync(request, progress: null, CancellationToken.None);
        await ArchiveConverter.WriteAsync(conversion, progress: null, CancellationToken.None);

        var restored = await RestoreAsync("1.9.12");
        var edges = restored.FindPipeline("edges")!.Info;
        Assert.Equal(("feat_x", 7, "[]", listed.Salt), (edges.Input.Pfs.Branch, edges.DatumTries, edges.PodPatch, edges.Salt));
        Assert.Equal(["commit-sizes"], conversion.Findings.Where(finding => finding.Result.Outcome == CheckOutcome.Warning).Select(finding => finding.Check));
    }

    [Fact]
    public async Task An_inventory_supplies_everything_that_the_extract_omits()
    {
        await using var source = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse("1.8.8") });
        using (var builder = new ClusterBuilder(source.Address))
        {
            await builder.CreateRepoAsync("images");
            var head = await builder.CommitFileAsync("images", "master", "/1.png", "one");
            await builder.CreateRepoAsync("derived", "by hand");
            await builder.CreateBranchAsync("derived", "master", head: null, ("images", "master"));
            Assert.NotEmpty(head);
        }

        await using var client = PachdClient.Create(source.Address);
        var inventory = Path.Combine(_directory.FullName, "inventory.json");
        await InventoryFile.WriteAsync(inventory, await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly));
        var request = await ExtractAsync(client) with { Inventory = inventory };

        await ArchiveConverter.WriteAsync(await _converter.PlanAsync(request, progress: null, CancellationToken.None), progress: null, CancellationToken.None);

        var restored = await RestoreAsync("1.9.12");
        Assert.Equal("by hand", restored.FindRepo("derived")!.Description);
        Assert.Equal(3, restored.FindRepo("images")!.Commits.Single().SizeBytes);
    }

    [Theory]
    [InlineData("1.8.7-world-full")]
    [InlineData("1.8.8-world-full")]
    public async Task The_release_of_an_archive_without_a_manifest_is_guessed_from_its_content(string archive)
    {
        var conversion = await _converter.PlanAsync(RequestFor(archive, "1.9.12"), progress: null, CancellationToken.None);

        Assert.Equal(Release.Parse(archive[.."1.8.7".Length]), conversion.Source.Release);
    }

    [Fact]
    public async Task An_archive_without_objects_of_its_commits_is_refused_and_no_file_is_written()
    {
        var conversion = await _converter.PlanAsync(RequestFor("1.7.14-cronrace-full", "1.8.8"), progress: null, CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => ArchiveConverter.WriteAsync(conversion, progress: null, CancellationToken.None));

        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.StartsWith("the archive lacks the files of 16 commits, created during the extract: ", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_directory.EnumerateFiles());
    }

    [Fact]
    public async Task A_cluster_of_another_line_is_refused()
    {
        await using var other = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse("1.9.0") });
        await using var client = PachdClient.Create(other.Address);

        var refusal = await Assert.ThrowsAsync<StepFailedException>(
            () => _converter.PlanAsync(RequestFor("1.8.7-world-full", "1.9.12") with { PipelinesFrom = client }, progress: null, CancellationToken.None));

        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.EndsWith("of release 1.9.0, but the archive comes from line 1.8", refusal.Message, StringComparison.Ordinal);
    }

    private ConversionRequest RequestFor(string archive, string target) =>
        new() { Archive = Recordings.Archive(archive), Target = Release.Parse(target), Output = New };

    private async Task<ConversionRequest> ExtractAsync(PachdClient client)
    {
        var path = Path.Combine(_directory.FullName, "old.pachx");
        await using var writer = ArchiveWriter.Create(path);
        await foreach (var operation in client.ExtractAsync(includeObjects: true))
        {
            await writer.WriteAsync(operation);
        }

        await writer.CompleteAsync(new ArchiveSource("old", "cluster", await client.GetReleaseAsync(), DateTimeOffset.UnixEpoch));
        return new ConversionRequest { Archive = path, Target = new Release(1, 9, 12), Output = New };
    }

    private async Task<ClusterInventory> RestoreAsync(string target)
    {
        await using var cluster = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse(target) });
        await cluster.FillAsync(New);
        await using var client = PachdClient.Create(cluster.Address);
        return await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);
    }

    /// <summary>An archive without an inventory has no sizes.</summary>
    private static ComparisonOptions Comparable(ExpectedTarget expectedTarget) => expectedTarget.Comparison with { CommitSizes = false };
}
