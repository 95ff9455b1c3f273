using System.Text;
using PachUp.Cli;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Engine.Yaml;
using PachUp.Hosting;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;
using PachUp.Sdk;
using Snapshooter.Xunit;

namespace PachUp.Tests.Hosting;

public class ProblemsTests
{
    private static readonly Exception[] Expected =
    [
        new UsageException("there is no command \"pachup aply\"", "Did you mean \"apply\"?"),
        new InvalidPlanException([new PlanMistake("my.yaml", new PlanPosition(3, 1), "there is no key \"stepz\"") { Nearest = "steps" }, new PlanMistake("--set", null, "there is no parameter \"objcts\"")]),
        new PlanNotFoundException("nope", ["pachyderm-1.8.7-to-1.9.0"], null),
        new RunNotResumableException("run 1 is done; there is nothing to resume"),
        new StepFailedException("the target has 3 repos", "Give an empty one.") { Kind = FailureKind.Refused },
        new StepFailedException("something is lost", "Do not use the target.") { Kind = FailureKind.LossFound },
        new StepFailedException("the archive is gone", "Extract again."),
        new PachdException("nothing listens at old:30650 (from --source)", PachdFailure.Unreachable),
        new AddressException("no address was found"),
        new ArchiveCorruptException("The archive \"a\" cannot be used."),
        new SandboxException("The sandbox cannot listen on 127.0.0.1:30650."),
        new ClusterLockedException("run 1, process 17 of ann on db1, is working on this cluster", "Wait until it has ended."),
        new RunChangedException(new RunDirectory("1", "/runs/1"), [new RunDifference("plugin A", "0.1.0 (11)", "0.2.0 (22)") { Details = ["A.dll: changed"] }, new RunDifference("source at old:30650", "cluster 3", "cluster 4")]),
        new FormatException("\"plan.json\" cannot be read"),
        new FileNotFoundException("Could not find file '/nowhere/a.pachx'."),
        new UnauthorizedAccessException("Access to the path '/root/.pachup' is denied."),
    ];

    [Fact]
    public void Everything_that_can_happen_has_an_exit_code_a_message_and_no_stack_trace()
    {
        var table = new StringBuilder();
        foreach (var exception in Expected)
        {
            var problem = Problems.Of(exception, interrupted: false);
            Assert.Null(problem.Trace);
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"{exception.GetType().Name}: exit code {problem.ExitCode}\n{Screen.Of(page => PachUp.Views.ProblemView.Write(page, problem))}\n");
        }

        Snapshot.Match(table.ToString());
    }

    [Fact]
    public void An_internal_error_is_reported_with_its_stack_trace()
    {
        var problem = Problems.Of(new InvalidOperationException("impossible"), interrupted: false);

        Assert.Equal(ExitCode.Failed, problem.ExitCode);
        Assert.Contains("report", problem.Remedy, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: impossible", problem.Trace, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, ExitCode.Interrupted)]
    [InlineData(false, ExitCode.Failed)]
    public void A_cancelled_call_is_an_interruption_only_if_the_user_asked_for_it(bool interrupted, int exitCode) =>
        Assert.Equal(exitCode, Problems.Of(new OperationCanceledException(), interrupted).ExitCode);
}
