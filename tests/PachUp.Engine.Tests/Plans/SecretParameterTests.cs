using PachUp.Engine.Plans;
using PachUp.Engine.Tests.Plans.Reading;
using PachUp.Engine.Yaml;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Plans;

public sealed class SecretParameterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_secret_is_read_from_a_variable_or_a_file_and_never_shown()
    {
        var file = _folder.File("key");
        File.WriteAllText(file, "from-a-file\r\n");
        var plan = Load("token: { secret: true }\n  key: { secret: true }", ["token=env:TOKEN", $"key=file:{Path.GetRelativePath(Environment.CurrentDirectory, file)}"]);

        Assert.Equal("hunter2", plan.Scope.ParameterValue("token"));
        Assert.Equal("from-a-file", plan.Scope.ParameterValue("key"));
        Assert.Equal("(secret)", plan.Scope.PrintableParameter("token"));
        Assert.Equal("${parameters.token} ${parameters.key}", plan.Redaction.Apply("hunter2 from-a-file"));
        Assert.Equal(["token=env:TOKEN", $"key=file:{file}"], plan.Overrides.Secrets.AsEnumerable());
    }

    [Fact]
    public void A_default_may_look_up_a_variable_or_be_empty()
    {
        var plan = Load("token: { secret: true, default: \"${env.TOKEN}\" }\n  key: { secret: true, default: \"\" }", []);

        Assert.Equal("hunter2", plan.Scope.ParameterValue("token"));
        Assert.Equal("", plan.Scope.ParameterValue("key"));
        Assert.Equal("(secret)", plan.Scope.PrintableParameter("token"));
    }

    [Theory]
    [InlineData("token: { secret: true }", "", "the parameter \"token\" has no default and no value; expected --secret token=env:VARIABLE or --secret token=file:PATH")]
    [InlineData("token: { secret: true }", "token=hunter3", "--secret token: this does not name the place of the secret; expected NAME=env:VARIABLE or NAME=file:PATH")]
    [InlineData("token: { secret: true }", "token=env:NOT_SET", "--secret token: the environment variable \"NOT_SET\" is not set; expected a value for it, or another place")]
    [InlineData("token: { secret: true }", "token=env:SHORT", "--secret token: the secret is too short: PachUp could not tell it from other text; expected at least 4 characters")]
    [InlineData("token: { secret: true }", "token=file:/not/there", "--secret token: the file with the secret cannot be read")]
    [InlineData("token: { secret: true }", "token=file:/dev/zero", "--secret token: the file \"/dev/zero\" is too large; expected a secret of at most 65536 characters")]
    [InlineData("token: { secret: true }", "tokn=env:TOKEN", "--secret tokn: the plan has no parameter \"tokn\"; expected one of")]
    [InlineData("token: { default: x }", "token=env:TOKEN", "--secret token: the parameter \"token\" is not secret; expected --set token=VALUE")]
    [InlineData("token: { secret: maybe, default: x }", "", "\"secret\" is \"maybe\"; expected true or false")]
    [InlineData("token: { secret: true, default: hunter3 }", "", "the parameter \"token\" is secret, but everyone who has the plan can read its default; expected ${env.VARIABLE}, or no default")]
    public void Mistakes_in_a_secret_are_reported_without_its_value(string parameters, string secret, string message)
    {
        var mistake = Assert.Throws<InvalidPlanException>(() => Load(parameters, secret.Length > 0 ? [secret] : []));

        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_cannot_be_typed_on_the_command_line()
    {
        var mistake = Assert.Throws<InvalidPlanException>(() => Load("token: { secret: true }", [], "token=hunter3"));

        Assert.StartsWith("--set token: the parameter \"token\" is secret, but other users can see what is typed on the command line", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", mistake.Message, StringComparison.Ordinal);
    }

    private static PlanDocument Load(string parameters, string[] secrets, params string[] set)
    {
        var plan = PlanLoaderTests.OnePlan("- { id: a, uses: pachyderm/verify }")
            .Replace("  objects:", $"  {parameters}\n  objects:", StringComparison.Ordinal);
        return StandInSteps.Loader(("TOKEN", "hunter2"), ("SHORT", "hun")).Parse(plan, "plan.yaml", new PlanOverrides { Secrets = [.. secrets], Set = [.. set] });
    }
}
