using PachUp.Engine.Plans;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Plans;

/// <summary>The keys that each kind of plan requires, and the keys that it does not allow.</summary>
public class PlanKindTests
{
    private const string Upgrade = "kind: UpgradePlan\nfrom: { line: any }\nto: { release: latest }\nclusters: { source: { address: one:1 } }";
    private const string Backup = "kind: BackupPlan\nfrom: { line: any }\nclusters: { source: { address: one:1 } }";
    private const string Restore = "kind: RestorePlan\nfrom: { backup: \"${parameters.backup}\" }\nclusters: { target: { address: one:1 } }";
    private const string Reload = "kind: ReloadPlan\nfrom: { line: 1.7, atLeast: 1.7.14 }\nto: { line: 1.8, release: latest }\nclusters: { source: {}, target: {} }";

    [Theory]
    [InlineData(Upgrade, PlanPurpose.Upgrade, "1.8.8")]
    [InlineData(Backup, PlanPurpose.Backup, "1.8.7")]
    [InlineData(Restore, PlanPurpose.Restore, "1.8.7")]
    [InlineData(Reload, PlanPurpose.Reload, "1.8.8")]
    public void A_kind_determines_the_purpose_and_the_target(string head, PlanPurpose purpose, string target)
    {
        var plan = Load(head);

        Assert.Equal(purpose, plan.Purpose);
        Assert.Equal(Release.Parse(target), plan.Destination.Of(new Release(1, 8, 7), ReleaseCatalogue.BuiltIn));
    }

    [Theory]
    [InlineData(Upgrade)]
    [InlineData(Restore)]
    public void A_plan_of_one_cluster_has_it_as_source_and_target(string head)
    {
        var plan = Load(head);

        Assert.Equal("one:1", plan.SourceCluster.Address);
        Assert.Equal(plan.SourceCluster, plan.TargetCluster);
    }

    [Fact]
    public void A_backup_is_found_through_a_parameter() => Assert.Equal("/backups/one.pachx", Load(Restore).From.Backup);

    [Theory]
    [InlineData(Upgrade, "1.8.8", "1.8.8")]
    [InlineData(Upgrade, "1.9.12", "1.9.12")]
    [InlineData(Upgrade, "latest", "1.8.8")]
    [InlineData(Restore, "1.8.8", "1.8.8")]
    [InlineData(Reload, "1.8.7", "1.8.7")]
    [InlineData(Reload, "latest", "1.8.8")]
    public void The_command_line_can_name_another_release(string head, string option, string target)
    {
        var plan = Load(head, new PlanOverrides { To = option });

        Assert.Equal(Release.Parse(target), plan.Destination.Of(new Release(1, 8, 7), ReleaseCatalogue.BuiltIn));
    }

    [Theory]
    [InlineData("{ line: any }", "{ line: any, atLeast: 1.8.7 }", "\"atLeast\" is a release of one line, but the plan accepts any line; expected \"atLeast\" or \"line: any\", not both")]
    [InlineData("to: { release: latest }\n", "", "the plan has no \"to\"; expected the release that the plan migrates to")]
    [InlineData("release: latest", "release: latest, line: 1.8", "\"line\" is not needed here; "
        + "expected \"line\" only together with \"release: latest\" in a plan between two lines")]
    [InlineData("source: {", "target: {", "\"clusters\" has no key \"target\"; expected \"source\"")]
    [InlineData("UpgradePlan", "BackupPlan", "a plan of kind \"BackupPlan\" does not change the release; expected no \"to\"")]
    [InlineData("UpgradePlan", "MigrationPlan", "\"line\" is \"any\"; expected a line of two numbers, such as \"1.8\"")]
    [InlineData("UpgradePlan", "RestorePlan", "\"from\" has no key \"line\"; expected \"backup\"")]
    public void Keys_that_do_not_fit_the_kind_are_refused(string right, string wrong, string mistake)
    {
        var e = Assert.Throws<InvalidPlanException>(() => Load(Upgrade.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(e.Mistakes, found => found.ToString().Contains(mistake, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Backup, "--to 1.9.12: the plan does not change the release; expected no --to, or another plan")]
    [InlineData(Reload, "--to 1.9.12: the plan migrates to line 1.8, but 1.9.12 is of line 1.9; "
        + "expected a release of line 1.8, such as 1.8.8; or another plan")]
    public void A_release_that_the_kind_does_not_allow_is_refused(string head, string mistake)
    {
        var e = Assert.Throws<InvalidPlanException>(() => Load(head, new PlanOverrides { To = "1.9.12" }));

        Assert.Equal(mistake, e.Message);
    }

    [Fact]
    public void A_cluster_that_the_plan_does_not_have_is_refused()
    {
        var e = Assert.Throws<InvalidPlanException>(() => Load(Upgrade, new PlanOverrides { Target = "new:2" }));

        Assert.Equal("--target new:2: the plan has no target, only one cluster; expected --source new:2", e.Message);
    }

    private static PlanDocument Load(string head, PlanOverrides? overrides = null)
    {
        var plan = $$"""
            apiVersion: pachup/v1
            {{head}}
            name: one
            parameters: { backup: { default: /backups/one.pachx } }
            steps:
              - { id: check, uses: pachyderm/check }
            """;
        return StandInSteps.Loader().Parse(plan, "plan.yaml", overrides);
    }
}
