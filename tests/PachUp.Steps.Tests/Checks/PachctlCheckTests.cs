using System.Runtime.Versioning;
using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Steps.Checks;
using PachUp.Testing;
using static PachUp.Testing.Inventories;

namespace PachUp.Steps.Tests.Checks;

public sealed class PachctlCheckTests : IDisposable
{
    private readonly TemporaryFolder _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("1.8.8")]
    [InlineData("1.9.12")]
    [InlineData(null)]
    public async Task The_release_of_one_of_the_clusters_passes_and_so_does_none(string? installed) =>
        Assert.Equal(CheckOutcome.Passed, (await AskAsync(installed)).Outcome);

    [Fact]
    public async Task Another_release_is_a_warning_with_all_three()
    {
        var result = await AskAsync("1.7.14");

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Equal("the pachctl of this machine is 1.7.14; the source is 1.8.8, the target will be 1.9.12", result.Found);
    }

    [Theory]
    [InlineData("COMPONENT           VERSION             \npachctl             1.8.7               \n", "1.8.7")]
    [InlineData("1.9.0-rc1\n", "1.9.0-rc1")]
    [InlineData("command not found", null)]
    public void The_release_is_read_from_what_pachctl_prints(string printed, string? release) =>
        Assert.Equal(release, InstalledPachctl.ReleaseIn(printed)?.ToString());

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_pachctl_of_the_path_is_asked_without_a_cluster()
    {
        await WriteProgramAsync("#!/bin/sh\n[ \"$*\" = 'version --client-only' ] && echo 'pachctl 1.8.3'\n");

        Assert.Equal(new Release(1, 8, 3), await InstalledPachctl.FindAsync($"/nowhere:{_directory.Path}", CancellationToken.None));
    }

    [Fact]
    public async Task One_that_cannot_be_run_is_as_good_as_none()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "pachctl"), "no program");

        Assert.Null(await InstalledPachctl.FindAsync(_directory.Path, CancellationToken.None));
        Assert.Null(await InstalledPachctl.FindAsync("/nowhere", CancellationToken.None));
    }

    [UnsupportedOSPlatform("windows")]
    private async Task WriteProgramAsync(string script)
    {
        var path = Path.Combine(_directory.Path, "pachctl");
        await File.WriteAllTextAsync(path, script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static Task<CheckResult> AskAsync(string? installed) =>
        new PachctlCheck(_ => Task.FromResult(installed is null ? (Release?)null : Release.Parse(installed))).AskAsync(AskedContext.Of(Of()), CancellationToken.None);
}
