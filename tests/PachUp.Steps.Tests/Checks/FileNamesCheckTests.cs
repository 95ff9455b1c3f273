using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk;
using PachUp.Steps.Checks;
using PachUp.Testing;
using static PachUp.Testing.Inventories;
using Version = PachUp.Pachyderm.Wire.Version;

namespace PachUp.Steps.Tests.Checks;

public class FileNamesCheckTests
{
    /// <summary>The names of a list of odd ones that 1.8.7 takes.</summary>
    private static readonly string[] Names = ["/scan (1).txt", "/a@b", "/a+b", "/a^b", @"/back\slash.txt", "/ leading blank", "/.hidden", "/plain.txt"];

    [Fact]
    public async Task Files_that_need_escapes_afterwards_are_counted_with_the_command_that_reads_one()
    {
        var result = await AskAsync(Names, "1.9.12");

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Equal("on 1.9.12, 4 of 8 files of the branch heads can be read only with escapes, and workers fail on them as inputs; they arrive complete", result.Found);
        Assert.Equal(["images@master:/a+b", "images@master:/a@b", "images@master:/a^b", "images@master:/scan (1).txt"], result.Items.AsEnumerable());
        Assert.Contains(@"pachctl get file 'images@master:/a\+b'", result.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quotes_in_a_name_are_quoted_for_the_shell()
    {
        var result = await AskAsync(["/it's (1)"], "1.9.12");

        Assert.Contains(@"pachctl get file 'images@master:/it'\''s \(1\)'", result.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_mean_themselves_everywhere_pass() => Assert.Equal(CheckOutcome.Passed, (await AskAsync(["/plain.txt", @"/back\slash"], "1.9.12")).Outcome);

    [Fact]
    public async Task A_target_that_knows_no_more_patterns_than_the_source_is_not_asked_about()
    {
        var result = await AskAsync(Names, "1.9.0");

        Assert.Equal((CheckOutcome.Passed, "1.9.0 has the same special characters in paths as 1.8.8"), (result.Outcome, result.Found));
    }

    private static async Task<CheckResult> AskAsync(string[] names, string target)
    {
        await using var pachd = await FakePachd.StartAsync((method, _) => method switch
        {
            "/versionpb.API/GetVersion" => Reply.Of(new Version.Version { Major = 1, Minor = 8, Micro = 8 }),
            "/pfs.API/ListFileStream" => Reply.Of([.. names.Select(name =>
                new PachUp.Pachyderm.Wire.Pfs.FileInfo { File = new PachUp.Pachyderm.Wire.Pfs.File { Path = name }, FileType = FileType.File })]),
            _ => Reply.Error(12, method),
        });
        await using var client = PachdClient.Create(pachd.Address);
        var source = Of(Repo("images", Commit("a1")).With(Branch("master", "a1")));
        var context = AskedContext.Of(source) with { Server = client, TargetRelease = Release.Parse(target) };
        return await new FileNamesCheck().AskAsync(context, CancellationToken.None);
    }
}
