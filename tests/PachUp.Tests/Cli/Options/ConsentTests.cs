using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using Spectre.Console.Testing;

namespace PachUp.Tests.Cli.Options;

public sealed class ConsentTests : IDisposable
{
    private readonly TestConsole _console = new TestConsole().Interactive();

    public void Dispose() => _console.Dispose();

    private static ClusterFacts Cluster => SamplePlans.Ready.Source;

    [Theory]
    [InlineData("y", true)]
    [InlineData("yes", true)]
    [InlineData("YES", true)]
    [InlineData("n", false)]
    [InlineData("no", false)]
    [InlineData("", false)]
    public async Task Yes_and_no_are_taken_long_and_short_and_an_empty_line_means_no(string answer, bool expected)
    {
        _console.Input.PushTextWithEnter(answer);

        Assert.Equal(expected, await Given().AskAsync(Terminal(), "Apply exactly this plan?", CancellationToken.None));
    }

    [Fact]
    public async Task Another_answer_is_asked_for_again()
    {
        _console.Input.PushTextWithEnter("maybe");
        _console.Input.PushTextWithEnter("yes");

        Assert.True(await Given().AskAsync(Terminal(), "Apply exactly this plan?", CancellationToken.None));
        Assert.Contains("Answer yes or no.", _console.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("old.example:30650", true)]
    [InlineData("0f3a", true)]
    [InlineData("new.example:30650", false)]
    [InlineData("yes", false)]
    [InlineData("", false)]
    public async Task Only_the_name_of_the_cluster_confirms(string typed, bool expected)
    {
        _console.Input.PushTextWithEnter(typed);

        Assert.Equal(expected, await Given().AskForNameAsync(Terminal(), Cluster, "roll back this run", yesSuffices: false, CancellationToken.None));
    }

    [Fact]
    public async Task Yes_takes_the_place_of_the_name_only_where_it_may()
    {
        Assert.True(await Given("--yes").AskForNameAsync(Terminal(canAsk: false), Cluster, "apply exactly this plan", yesSuffices: true, CancellationToken.None));

        var refused = await Assert.ThrowsAsync<UsageException>(
            () => Given("--yes").AskForNameAsync(Terminal(canAsk: false), Cluster, "roll back this run", yesSuffices: false, CancellationToken.None));
        Assert.Contains("--confirm old.example:30650", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_a_question_is_an_error_and_not_an_answer() =>
        await Assert.ThrowsAsync<UsageException>(() => Given().AskAsync(Terminal(canAsk: false), "Undo it?", CancellationToken.None));

    private static Consent Given(params string[] options)
    {
        var command = new CommandLineApplication();
        var consent = new Consent(command, "a test");
        command.OnExecute(() => 0);
        command.Execute(options);
        return consent;
    }

    private Terminal Terminal(bool canAsk = true) => new(_console, _console, canAsk);
}
