using PachUp.Cli.Terminals;

namespace PachUp.Tests.Cli.Terminals;

public class ShellTextTests
{
    [Theory]
    [InlineData("old:30650", "old:30650")]
    [InlineData("my plan.yaml", "'my plan.yaml'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    [InlineData("$(rm -r .)", "'$(rm -r .)'")]
    public void Arguments_are_quoted_where_a_shell_needs_it(string argument, string quoted) => Assert.Equal(quoted, ShellText.Quote(argument));

    [Fact]
    public void A_long_command_is_broken_between_options_and_never_between_an_option_and_its_value()
    {
        string[] command = ["pachup", "apply", "my-plan", "--source", "old.example:30650", "--yes", "--target", "new.example:30650"];

        var lines = ShellText.Wrap(command, width: 50);

        Assert.Equal(["pachup apply my-plan --source old.example:30650 \\", "    --yes --target new.example:30650"], lines);
    }
}
