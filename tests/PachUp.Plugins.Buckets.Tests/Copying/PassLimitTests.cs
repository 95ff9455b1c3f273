using PachUp.Plugins.Buckets.Copying;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Tests.Copying;

public sealed class PassLimitTests
{
    private static readonly CopiedPass First = new(100_000, 10, TimeSpan.FromSeconds(100));

    [Theory]
    [InlineData("1%", 900, 50, true)]
    [InlineData("1%", 2_000, 50, false)]
    [InlineData("30s", 99_000, 30, true)]
    [InlineData("0.5m", 0, 31, false)]
    [InlineData("2", 99_000, 90, true)]
    [InlineData("3", 0, 1, false)]
    public void Passes_end_at_the_limit(string limit, long bytes, int seconds, bool reached) =>
        Assert.Equal(reached, PassLimit.Parse(limit).IsReachedBy([First, new CopiedPass(bytes, 1, TimeSpan.FromSeconds(seconds))]));

    [Theory]
    [InlineData("1%", "until a pass copies less than 1% of what was copied")]
    [InlineData("30s", "until a pass takes less than 30 s")]
    [InlineData("1", "in 1 pass")]
    public void A_limit_says_what_it_is(string limit, string text) => Assert.Equal(text, PassLimit.Parse(limit).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("200%")]
    [InlineData("30h")]
    [InlineData("-1%")]
    [InlineData("quick")]
    public void What_is_no_limit_is_refused(string limit) =>
        Assert.Equal($"\"until\" is \"{limit}\"", Assert.Throws<StepFailedException>(() => PassLimit.Parse(limit)).Message);
}
