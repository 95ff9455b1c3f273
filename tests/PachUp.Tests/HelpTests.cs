using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using Snapshooter;
using Snapshooter.Xunit;

namespace PachUp.Tests;

public class HelpTests
{
    /// <summary>The names of all commands: <c>pachup archive verify</c>.</summary>
    internal static IEnumerable<string> CommandNames => AllOf(Tree(TextWriter.Null).Whole()).Select(HelpText.NameOf);

    public static TheoryData<string> Commands => [.. CommandNames];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_help(string command)
    {
        var help = new StringWriter { NewLine = "\n" };

        var exitCode = Tree(help).Execute([.. command.Split(' ').Skip(1), "--help"]);

        Assert.Equal(ExitCode.Done, exitCode);
        Snapshot.Match(help.ToString(), SnapshotNameExtension.Create(command));
    }

    [Fact]
    public void Every_command_that_does_something_has_an_example_that_begins_with_it()
    {
        var doers = AllOf(Tree(TextWriter.Null).Whole()).Where(command => command.Commands.Count == 0);

        Assert.All(doers, command => Assert.All(
            command.ExtendedHelpText.Split('\n'),
            example => Assert.StartsWith(HelpText.NameOf(command), example, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("set", "state-dir", "source", "secret", "plugin-dir", "output")]
    [InlineData("break-lock", "lock-dir", "state-dir")]
    [InlineData("lock-dir", "state-dir")]
    public void Where_one_option_is_there_the_others_are_too(string option, params string[] others)
    {
        var commands = AllOf(Tree(TextWriter.Null).Whole()).Select(command => (Name: HelpText.NameOf(command), Options: command.Options.Select(each => each.LongName).ToHashSet())).ToList();

        Assert.Contains(commands, command => command.Options.Contains(option));
        Assert.Empty(commands.Where(command => command.Options.Contains(option)).SelectMany(command => others.Except(command.Options).Select(missing => $"{command.Name} --{missing}")));
    }

    [Theory]
    [InlineData("aply", "there is no command \"pachup aply\"", "Did you mean \"apply\"?")]
    [InlineData("archive inspekt", "there is no command \"pachup archive inspekt\"", "Did you mean \"inspect\"?")]
    [InlineData("plan x --soruce=a:1", "\"pachup plan\" has no option \"--soruce\"", "Did you mean \"--source\"?")]
    [InlineData("status xyz", "\"pachup status\" takes no argument \"xyz\"", "\"pachup status --help\" shows how to use it.")]
    [InlineData("plan", "PLAN is missing", "Name a plan")]
    [InlineData("status --output jsno", "there is no output format \"jsno\"", "did you mean \"json\"?")]
    [InlineData("sandbox --release 1.8.9", "there is no sandbox of release \"1.8.9\"", "Choose one of")]
    [InlineData("sandbox --port 70000", "\"70000\" is not a port", "from 1 to 65535")]
    [InlineData("apply pachyderm-backup --sandbox --source a:1 --yes", "--sandbox starts its own clusters", "Leave out --source, --target and their peer ports")]
    [InlineData("apply x --archive a --yes", "--archive needs --sandbox", "Add --sandbox")]
    [InlineData("apply pachyderm-1.8.7-to-1.9.0 --source a:1", "there is no terminal to ask for confirmation", "add --yes")]
    [InlineData("path --from 1.7.9", "--to is missing", "a release such as 1.9.12")]
    [InlineData("path --from 1.7.9 --to 1.9.13", "there is no Pachyderm 1.9.13", "did you mean 1.9.12?")]
    [InlineData("path --from seven --to 1.9.12", "--from is \"seven\", which is not a release", "Give three numbers")]
    [InlineData("path --from 1.7.9 --source a:1 --to 1.9.12", "--from and --source cannot be used together", "Leave one of them out")]
    [InlineData("path --from 1.7.9 --to 1.9.12 --output mermiad", "there is no output format \"mermiad\"", "did you mean \"mermaid\"?")]
    [InlineData("archive convert", "OLD is missing", "Name the archive")]
    [InlineData("archive convert a --to 1.9 --out b", "there is no archive \"a\"", "Check the path.")]
    [InlineData("extract --to a --archive b", "--archive and --to cannot be used together", "Use only --archive")]
    [InlineData("extract --archive a -o b", "--archive and -o cannot be used together", "-o is an old name of --archive")]
    [InlineData("extract -o json", "-o is an old name of --archive here, so \"-o json\" does not choose the format", "For the format, use --output json; for the file, use --archive.")]
    [InlineData("status -o jsno", "there is no output format \"jsno\"", "did you mean \"json\"?")]
    [InlineData("archive convert a --pipelines-from b:1 --inventory c", "--pipelines-from and --inventory cannot be used together", "Use one of them")]
    [InlineData("explain", "CHECK is missing", "\"pachup check --list\" shows all of them.")]
    [InlineData("explain same-clustr", "there is no check \"same-clustr\"", "Did you mean \"same-cluster\"?")]
    [InlineData("check some-plan --list", "--list takes no plan, and \"some-plan\" is given", "Leave out one")]
    [InlineData("check --list --output yaml", "there is no output format \"yaml\"", "Choose text, json or jsonl")]
    [InlineData("verify --source a:1", "--target is missing", "Give both")]
    public void A_wrong_command_line_is_reported_with_what_to_type_instead(string typed, string message, string remedy)
    {
        var mistake = Assert.Throws<UsageException>(() => Tree(TextWriter.Null).Execute(typed.Split(' ')));

        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, mistake.Remedy, StringComparison.Ordinal);
    }

    private static CommandTree Tree(TextWriter help) => CommandTree.Build(new Screen().Terminal, help, CancellationToken.None);

    private static IEnumerable<CommandLineApplication> AllOf(CommandLineApplication command) => command.Commands.SelectMany(AllOf).Prepend(command);
}
