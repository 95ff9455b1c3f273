using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk;
using PachUp.Steps.Reloading;
using PachUp.Testing;
using File = PachUp.Pachyderm.Wire.Pfs.File;
using FileInfo = PachUp.Pachyderm.Wire.Pfs.FileInfo;
using Version = PachUp.Pachyderm.Wire.Version;

namespace PachUp.Steps.Tests.Reloading;

public class LoadableNamesTests
{
    [Fact]
    public async Task Names_that_put_file_of_the_target_refuses_are_named_with_the_reason()
    {
        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => AskAsync("1.9.12"));

        Assert.Contains("of 1 of 2 files of the branch heads: images@master:/scan (1).txt (\"(\" is a glob character in this release)", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Refused, refusal.Kind);
    }

    [Fact]
    public Task A_target_that_takes_all_names_is_loaded() => AskAsync("1.8.8");

    private static async Task AskAsync(string target)
    {
        await using var pachd = await FakePachd.StartAsync((method, _) => method switch
        {
            "/versionpb.API/GetVersion" => Reply.Of(new Version.Version { Major = 1, Minor = 7, Micro = 14 }),
            "/pfs.API/ListFileStream" => Reply.Of(
                new FileInfo { File = new File { Path = "scan (1).txt" }, FileType = FileType.File },
                new FileInfo { File = new File { Path = "plain.txt" }, FileType = FileType.File }),
            _ => Reply.Error(12, method),
        });
        await using var client = PachdClient.Create(pachd.Address);
        await LoadableNames.ThrowIfRefusedAsync(client, [new LoadedBranch("images", "master", "a1")], Release.Parse(target), CancellationToken.None);
    }
}
