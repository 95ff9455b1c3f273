using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace PachUp.Architecture.Tests;

/// <summary>
/// Workflows and forms of GitHub can be tried only on GitHub. These tests find what is wrong with them before: the workflows of the repository, and
/// those that the documentation shows.
/// </summary>
public sealed partial class WorkflowTests
{
    // What the machines of GitHub have, beside the scripts of the repository.
    private static readonly HashSet<string> Programs = ["bash", "dotnet", "gh"];

    // What a step of the documentation begins with: installing the tool, running the tool, or preparing to look at its exit code.
    private static readonly HashSet<string> DocumentedPrograms = ["dotnet", "\"$RUNNER_TEMP/pachup/pachup\"", "code=0"];

    private static readonly string Forms = Path.Combine(Repository.Path, ".github", "ISSUE_TEMPLATE");

    private static readonly string Workflows = Path.Combine(Repository.Path, ".github", "workflows");

    public static TheoryData<string> WorkflowFiles => [.. Directory.EnumerateFiles(Workflows).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(WorkflowFiles))]
    public void Every_step_of_a_workflow_runs_a_program_or_a_script_that_exists(string file)
    {
        var steps = StepsOf(File.ReadAllText(Path.Combine(Workflows, file)));

        Assert.NotEmpty(steps);
        Assert.All(steps.Where(step => step.Length > 0), step => Assert.Contains(step.Split()[0], Programs));
        Assert.All(steps.SelectMany(step => Scripts().Matches(step)), script => Assert.True(IsExecutable(script.Value), $"there is no script {script.Value}"));
    }

    [Fact]
    public void The_workflows_build_and_pack_as_people_do()
    {
        Assert.Contains(StepsOf(File.ReadAllText(Path.Combine(Workflows, "ci.yml"))), step => step == "bash .ci/run");
        Assert.Contains(StepsOf(File.ReadAllText(Path.Combine(Workflows, "release.yml"))), step => step.StartsWith("bash .ci/pack ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_workflows_of_the_documentation_plan_and_apply()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Path, "src", "docs", "automation.md"));
        var steps = Examples().Matches(page).Select(example => StepsOf(example.Groups[1].Value)).ToList();

        Assert.Equal(2, steps.Count);
        Assert.All(steps.SelectMany(all => all).Where(step => step.Length > 0), step => Assert.Contains(step.Split()[0], DocumentedPrograms));
        Assert.Contains(steps[0], step => step.Contains("--out change.pachplan --detailed-exitcode", StringComparison.Ordinal));
        Assert.Contains(steps[1], step => step.Contains("apply change.pachplan --confirm \"$CLUSTER\"", StringComparison.Ordinal));
    }

    [Fact]
    public void The_form_for_bugs_asks_for_version_report_and_log_file()
    {
        var form = Read(File.ReadAllText(Path.Combine(Forms, "bug.yml")));
        var text = string.Join('\n', ((YamlSequenceNode)form["body"]).Cast<YamlMappingNode>().Select(field => field["attributes"].ToString()));

        Assert.All(["pachup --version", "pachup runs report", "--log-file"], asked => Assert.Contains(asked, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_form_can_be_read() =>
        Assert.All(Directory.EnumerateFiles(Forms, "*.yml"), file => Assert.NotEmpty(Read(File.ReadAllText(file)).Children));

    private static List<string> StepsOf(string workflow)
    {
        var root = Read(workflow);
        Assert.All(["name", "on", "permissions"], key => Assert.Contains(key, root.Children.Keys));
        var jobs = ((YamlMappingNode)root["jobs"]).Children.Values.Cast<YamlMappingNode>().ToList();
        Assert.All(jobs, job => Assert.Contains("runs-on", job.Children.Keys));
        return [.. jobs.SelectMany(job => (YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>().Select(StepOf)];
    }

    // What a step runs; empty if it uses an action, which has to be of a fixed version.
    private static string StepOf(YamlMappingNode step)
    {
        var (run, uses) = (TextOf(step, "run"), TextOf(step, "uses"));
        Assert.True(run.Length > 0 != uses.Length > 0, $"a step has to have one of run and uses: {step}");
        Assert.Matches(@"^$|^[\w-]+/[\w-]+@v\d+$", uses);
        return run;
    }

    private static string TextOf(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? value.ToString() : "";

    private static YamlMappingNode Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    private static bool IsExecutable(string script)
    {
        var path = Path.Combine(Repository.Path, script);
        return File.Exists(path) && (OperatingSystem.IsWindows() || File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute));
    }

    [GeneratedRegex(@"\.ci/\w+")]
    private static partial Regex Scripts();

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
