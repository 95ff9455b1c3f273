using System.Collections.Immutable;
using System.Text.Json;
using PachUp.Engine.Steps.Failing;

namespace PachUp.Engine.Tests.Steps.Failing;

public class RedactionTests
{
    private static readonly Redaction Redaction = new([("hunter2", "${parameters.token}"), ("hunter2 & \"sons\"", "${env.KEY}"), ("abc", "${env.SHORT}")]);

    [Theory]
    [InlineData("hunter2 at pachd:1", "${parameters.token} at pachd:1")]
    [InlineData("hunter2 & \"sons\", hunter2", "${env.KEY}, ${parameters.token}")]
    [InlineData("https://hunter2%20%26%20%22sons%22@host", "https://${env.KEY|url}@host")]
    [InlineData("{\"k\":\"hunter2 & \\\"sons\\\"\"}", "{\"k\":\"${env.KEY|json}\"}")]
    [InlineData("hunter2 \\u0026 \\u0022sons\\u0022", "${env.KEY|json-ascii}")]
    [InlineData("abc is no secret, ${run.id} neither", "abc is no secret, ${run.id} neither")]
    public void Secrets_are_removed_in_all_forms(string said, string shown) => Assert.Equal(shown, Redaction.Apply(said));

    [Fact]
    public void Look_ups_are_not_replaced_again()
    {
        var redaction = new Redaction([("longer than that", "${parameters.token}"), ("token", "${env.WORD}")]);

        Assert.Equal("${parameters.token} and ${env.WORD}", redaction.Apply("longer than that and token"));
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("$hunter2 ${parameters.token} $${env.KEY} ${} $ {")]
    [InlineData("https://hunter2%20%26%20%22sons%22@host and hunter2 & \"sons\"")]
    [InlineData("")]
    public void Stored_values_are_restored_with_their_secrets(string output)
    {
        var values = ImmutableSortedDictionary<string, string>.Empty.Add("told", output);

        var written = Redaction.Conceal(values);

        Assert.DoesNotContain("hunter2", JsonSerializer.Serialize(written), StringComparison.Ordinal);
        Assert.Equal(output, Redaction.Reveal(written)["told"]);
    }
}
