using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Yaml;
using Snapshooter.Xunit;

namespace PachUp.Engine.Tests.Plans.Reading;

public class PlanMistakesTests
{
    [Fact]
    public void Every_mistake_of_a_plan_is_reported_at_once()
    {
        var plan = """
            apiVersion: pachup/v2
            kind: Migrationplan
            name: My Plan
            desciption: A plan with many mistakes.
            from: { line: "1.8", atLeast: 1.9.0, until: 1.8.8 }
            to: { release: 1.9.13 }
            parameters:
              archive: { description: Where, defalt: x }
              objects: yes
              where: { default: "${parameters.archive}/${run.directry}" }
              key: { default: "${env.MISSING}" }
            clusters:
              source: { adress: "${env.PACHD_ADDRESS}", platform: sandbx }
              traget: {}
            stesp: []
            steps:
              - id: check
                uses: pachyderm/chekc
              - id: Extract
                uses: pachyderm/extract
                with: { objects: maybe, attempts: 3.5, too: x }
              - uses: pachyderm/restore
                with: { from: "${parameters.archiv} ${steps.deploy.x} ${steps.dploy.x} ${nothing.x} ${from.x} ${env.1} ${steps.x}" }
              - { id: unclosed, uses: pachyderm/restore, with: { from: "a ${run" } }
              - id: deploy
                uses: platform/deploy
                with: { cluster: sourec, release: newest, freshMetadata: { a: b }, timeout: 15 }
                uses: platform/save
              - id: deploy
                uses: platform/undeploy
                with: [ cluster ]
              - id: accept
                uses: pachyderm/check
                with: { accept: open-commits }
              - just text
            """;

        Snapshot.Match(MistakesIn(plan));
    }

    [Theory]
    [InlineData("", "plan.yaml: the file is empty; expected a plan")]
    [InlineData("# nothing", "plan.yaml: the file is empty; expected a plan")]
    [InlineData("just text", "plan.yaml:1:1: the plan is a single value; expected keys with values: "
        + "apiVersion, kind, name, description, from, to, parameters, requires, inPlace, clusters, steps")]
    [InlineData("name: [a\nkind: b", "plan.yaml:1:7: this is not YAML: a list or mapping that starts here or before is not closed")]
    [InlineData("name: \"a", "plan.yaml:1:7: this is not YAML: ")]
    [InlineData("name: a: b", "plan.yaml:1:8: this is not YAML: ")]
    [InlineData("from:\n\tline: x", "plan.yaml:2:1: the line is indented with a tab; expected spaces, because YAML does not allow tabs here")]
    [InlineData("a: &x 1\nb: *x", "plan.yaml:1:4: \"&x\" is a YAML anchor, which plans do not support; "
        + "expected the value itself; use a parameter for a value that occurs twice\n"
        + "plan.yaml:2:4: \"*x\" is a YAML alias, which plans do not support; "
        + "expected the value itself; use a parameter for a value that occurs twice")]
    [InlineData("a: !!binary x", "plan.yaml:1:4: \"tag:yaml.org,2002:binary\" is a YAML tag, which plans do not support; ")]
    [InlineData("a: 1\n---\nb: 2", "plan.yaml:2:1: a second document starts here; expected one plan per file")]
    public void A_file_that_is_not_a_plan_is_refused(string text, string mistakes) => Assert.StartsWith(mistakes, MistakesIn(text), StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_is_refused_where_it_gets_too_deep()
    {
        var text = "a: " + new string('[', 100_000) + new string(']', 100_000);

        Assert.Equal("plan.yaml:1:19: this is nested more than 16 levels deep", MistakesIn(text));
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");
        File.WriteAllText(path, new string('#', PlanLoader.MaxBytes + 1));
        try
        {
            var failure = Assert.Throws<InvalidPlanException>(() => StandInSteps.Loader().LoadFile(path));

            Assert.Equal($"{path}: the file has 1048577 bytes; expected a plan of at most 1048576", failure.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var failure = Assert.Throws<InvalidPlanException>(() => StandInSteps.Loader().LoadFile("no/such/plan.yaml"));

        Assert.StartsWith("no/such/plan.yaml: the file cannot be read: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_on_the_command_line_come_first()
    {
        var overrides = new PlanOverrides { Set = ["archiv=x", "objects"], To = "1.10.0" };

        var failure = Assert.Throws<InvalidPlanException>(() => StandInSteps.Loader().LoadFile(ShippedPlan.Path, overrides));

        Assert.Equal(
            """
            --set archiv: the plan has no parameter "archiv"; expected one of "jobs", "objects", "outputs", "archive", "readBytes", "missedTicks"; did you mean "archive"?
            --set objects: this is not a setting; expected name=value
            --to 1.10.0: the plan migrates to line 1.9, but 1.10.0 is of line 1.10; expected a release of line 1.9, such as 1.9.12; or another plan
            """,
            failure.Message);
    }

    [Theory]
    [InlineData("newest", "--to newest: \"newest\" is not a release; expected a release of three numbers, such as 1.8.7, or \"latest\"")]
    [InlineData("1.9.21", "--to 1.9.21: there is no Pachyderm 1.9.21; expected a published release; did you mean \"1.9.12\"?")]
    public void An_impossible_target_release_is_refused(string release, string mistake)
    {
        var failure = Assert.Throws<InvalidPlanException>(() => StandInSteps.Loader().LoadFile(ShippedPlan.Path, new PlanOverrides { To = release }));

        Assert.Equal(mistake, failure.Message);
    }

    [Fact]
    public void A_value_from_the_command_line_is_checked_against_its_use()
    {
        var overrides = new PlanOverrides { Set = ["objects=yes"] };

        var failure = Assert.Throws<InvalidPlanException>(() => StandInSteps.Loader().LoadFile(ShippedPlan.Path, overrides));

        Assert.Contains("\"objects\" is \"yes\"; expected true or false", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_not_shown_when_it_has_the_wrong_type()
    {
        var loader = StandInSteps.Loader(("TOKEN", "hunter2"));
        var plan = PlanLoaderTests.OnePlan("- { id: a, uses: pachyderm/extract, with: { to: a, attempts: \"${env.TOKEN}\" } }");

        var failure = Assert.Throws<InvalidPlanException>(() => loader.Parse(plan, "plan.yaml"));

        Assert.Equal("plan.yaml:13:62: \"attempts\" is \"${env.TOKEN}\"; expected a whole number", failure.Message);
    }

    [Theory]
    [InlineData("${run.directory}/../../x")]
    [InlineData("../${run.id}")]
    [InlineData("${parameters.archive}\\\\..\\\\x")]
    public void A_path_that_leaves_its_directory_is_refused(string path)
    {
        var plan = PlanLoaderTests.OnePlan($"- {{ id: a, uses: pachyderm/extract, with: {{ to: \"{path}\" }} }}");

        Assert.Contains("leaves the directory that it looks up; expected a path without \"..\"", MistakesIn(plan), StringComparison.Ordinal);
    }

    private static string MistakesIn(string text) =>
        Assert.Throws<InvalidPlanException>(() => StandInSteps.Loader().Parse(text, "plan.yaml")).Message;
}
