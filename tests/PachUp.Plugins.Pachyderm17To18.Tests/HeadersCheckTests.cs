using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Checks;
using PachUp.Sdk;
using PachUp.Testing;
using static PachUp.Testing.Inventories;

namespace PachUp.Plugins.Pachyderm17To18.Tests;

public class HeadersCheckTests
{
    private static readonly HeaderSurvey Headed = new() { Directories = [new HeadedDirectory("images", "a1", "/cars", 148)], Trees = 5, TreesLookedAt = 3 };

    [Fact]
    public async Task Directories_with_a_header_are_refused_by_name_and_it_is_said_what_was_looked_at()
    {
        var result = await AskAsync(Headed);

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Equal(
            "the files of 1 directory have a header or a footer that 1.8 drops; 3 of 5 trees of commits were checked, those of branch heads first", result.Found);
        Assert.Equal(["images@a1:/cars: 148 bytes"], result.Items.AsEnumerable());
        Assert.Contains("accept: [headers-footers]", result.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_refusal_is_a_warning_where_it_is_accepted_by_name()
    {
        var refusal = await AskAsync(Headed);

        Assert.Equal(CheckOutcome.Refused, refusal.Outcome);
        Assert.Equal(CheckOutcome.Warning, refusal.WhenAccepted()?.Outcome);
    }

    [Fact]
    public async Task A_cluster_without_any_passes()
    {
        var result = await AskAsync(new HeaderSurvey { Trees = 2, TreesLookedAt = 2 });

        Assert.Equal((CheckOutcome.Passed, "No directory has a header or a footer; the trees of all commits were checked (2)"), (result.Outcome, result.Found));
    }

    private static Task<CheckResult> AskAsync(HeaderSurvey headers)
    {
        var context = AskedContext.Of(Of(Repo("images", Commit("a1"))) with { Headers = headers }) with { TargetRelease = new Release(1, 8, 8) };
        return new HeadersCheck().AskAsync(context, CancellationToken.None);
    }
}
