using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.TestKit;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API;

namespace PachUp.Sandbox.Tests;

public sealed class RestoreSpecs
{
    public static TheoryData<string, string> ArchivesThatTheirOwnReleaseRestores => new()
    {
        { "1.7.14", "1.7.14-world-full" },
        { "1.7.14", "1.7.14-open-full" },
        { "1.8.7", "1.8.7-world-full" },
        { "1.8.7", "1.8.7-stoppedout-full" },
        { "1.8.7", "1.7.14-world-full" },
        { "1.8.8", "1.8.8-world-full" },
        { "1.9.0", "1.9.0-world-full" },
        { "1.9.0", "1.9.0-open-full" },
        { "1.9.0", "1.7.14-world-full" },
        { "1.9.12", "1.9.12-world-full" },
        { "1.9.12", "1.9.12-trees-full" },
        { "1.9.12", "1.9.0-world-full" },
    };

    [Theory]
    [MemberData(nameof(ArchivesThatTheirOwnReleaseRestores))]
    public async Task An_archive_of_a_generation_that_the_release_knows_is_restored(string release, string archive)
    {
        await using var cluster = await SandboxCluster.StartAsync(new SandboxOptions { Release = Release.Parse(release) });

        await cluster.FillAsync(Recordings.Archive(archive));

        using var channel = SandboxChannel.Open(cluster.Address);
        var repos = await new PfsApi.APIClient(channel).ListRepoAsync(new ListRepoRequest());
        Assert.Contains(repos.RepoInfo, repo => repo.Repo.Name == "images" && repo.Branches.Count > 0);
    }

    [Theory]
    [InlineData("1.7.14", "1.7.14-stopped-full", "error creating commit: cannot start a commit on an output branch")]
    [InlineData("1.8.7", "1.8.7-stopped-full", "error creating commit: cannot start a commit on an output branch")]
    [InlineData("1.8.7", "1.8.7-trees-full", "error creating commit: cannot start a commit on an output branch")]
    [InlineData("1.8.7", "1.7.14-open-full", "transport is closing")]
    [InlineData("1.9.0", "1.8.7-world-full", "error putting object: cannot mix different versions of pachd operation within a metadata dumps (found both 1.8 and 1.9)")]
    [InlineData("1.9.0", "1.8.7-stopped-metadata", "error creating commit: cannot start a commit on an output branch")]
    [InlineData("1.9.0", "1.9.0-odd-full", "error creating pipeline: could not create/update output branch: rpc error: code = Unknown desc = name (v1.0) invalid: only alphanumeric characters, underscores, and dashes are allowed")]
    public async Task An_archive_that_the_release_refuses_fails_with_its_words(string release, string archive, string words)
    {
        await using var cluster = await SandboxCluster.StartAsync(new SandboxOptions { Release = Release.Parse(release) });

        var refusal = await Assert.ThrowsAsync<SandboxException>(() => cluster.FillAsync(Recordings.Archive(archive)));

        Assert.Equal(words, refusal.Message);
    }
}
