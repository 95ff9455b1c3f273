using PachUp.Engine.Rehearsals;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Rehearsals;

public sealed class ArchiveOriginTests
{
    [Theory]
    [InlineData("1.7.14-world-full", "1.7.14")]
    [InlineData("1.8.7-world-metadata", "1.8.7")]
    [InlineData("1.8.8-world-full", "1.8.8")]
    [InlineData("1.9.0-world-full", "1.9.5")]
    [InlineData("1.9.12-world-metadata", "1.9.12")]
    public async Task The_release_is_guessed_from_the_format_of_the_archive(string archive, string release)
    {
        await using var origin = await OpenAsync(archive);

        Assert.Equal((Release.Parse(release), true), await origin.GetReleaseAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_given_release_is_used()
    {
        await using var origin = await OpenAsync("1.9.0-world-full", "1.9.2");

        Assert.Equal((new Release(1, 9, 2), false), await origin.GetReleaseAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_release_that_does_not_write_this_format_is_refused()
    {
        var failure = await Assert.ThrowsAsync<StepFailedException>(() => OpenAsync("1.8.7-world-full", "1.9.0"));

        Assert.Contains("has the format of line 1.8, which pachd 1.9.0 does not write", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_output_repos_are_created_from_the_specs()
    {
        var archive = await ArchiveContents.ReadAsync(Recordings.Archive("1.8.8-world-full"), _ => new Release(1, 8, 8));

        var (inventory, gaps) = ArchivedOutputs.Complete(archive.Inventory);

        var edges = inventory.FindRepo("edges")!;
        var head = Assert.Single(edges.Commits);
        Assert.Equal(head.Id, edges.FindBranch("master")!.Head);
        Assert.Contains(head.Provenance, origin => origin.Repo == "images");
        Assert.Contains(gaps, gap => gap.StartsWith("The output of ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_output_branch_without_provenance_means_a_stopped_pipeline()
    {
        var archive = await ArchiveContents.ReadAsync(Recordings.Archive("1.8.7-stopped-full"), _ => new Release(1, 8, 7));

        var (inventory, _) = ArchivedOutputs.Complete(archive.Inventory);

        Assert.False(archive.Inventory.Pipelines.All(pipeline => pipeline.Stopped));
        Assert.Contains(inventory.Pipelines, pipeline => pipeline is { Stopped: true, Info.Stopped: true });
    }

    private static Task<ArchiveOrigin> OpenAsync(string archive, string? release = null) => ArchiveOrigin.OpenAsync(
        Recordings.Archive(archive), release is null ? null : Release.Parse(release), ReleaseCatalogue.BuiltIn, progress: null, CancellationToken.None);
}
