using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Plugins;
using PachUp.Engine.Tests.Plans;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Planning;

/// <summary>The release checks that the planner runs for each kind of plan, before it reads a cluster.</summary>
public class ReleaseFindingsTests
{
    private const string Migration = "kind: MigrationPlan\nfrom: { line: \"1.8\", atLeast: 1.8.7 }\nto: { release: 1.9.12 }\nclusters: { source: {}, target: {} }";
    private const string Reload = "kind: ReloadPlan\nfrom: { line: \"1.8\", atLeast: 1.8.7 }\nto: { release: 1.9.12 }\nclusters: { source: {}, target: {} }";
    private const string Upgrade = "kind: UpgradePlan\nfrom: { line: any }\nto: { release: latest }\nclusters: { source: {} }";
    private const string Backup = "kind: BackupPlan\nfrom: { line: any }\nclusters: { source: {} }";
    private const string Restore = "kind: RestorePlan\nfrom: { backup: one.pachx }\nclusters: { target: {} }";

    [Theory]
    [InlineData(Migration, "1.8.8", "1.9.12", "point-release Passed, target-choice Passed")]
    [InlineData(Migration, "1.8.7", "1.9.12", "point-release Warning, target-choice Passed")]
    [InlineData(Migration, "1.8.6", "1.9.12", "point-release Refused, target-choice Passed")]
    [InlineData(Migration, "1.9.0", "1.9.12", "point-release Refused, target-choice Passed")]
    [InlineData(Migration, "1.8.8", "1.9.99", "point-release Passed, target-choice Refused")]
    [InlineData(Migration, "1.8.8", "1.10.0", "point-release Passed, target-choice Passed, route Refused")]
    [InlineData(Reload, "1.8.8", "1.9.12", "point-release Passed, target-choice Passed")]
    [InlineData(Upgrade, "1.8.7", "1.8.8", "point-release Passed, way Passed, target-choice Passed")]
    [InlineData(Upgrade, "1.8.8", "1.8.8", "point-release Passed, way Refused, target-choice Passed")]
    [InlineData(Upgrade, "1.8.8", "1.9.12", "point-release Passed, way Refused, target-choice Passed")]
    [InlineData(Backup, "1.8.7", "1.8.7", "point-release Passed")]
    [InlineData(Backup, "1.6.0", "1.6.0", "point-release Refused")]
    [InlineData(Restore, "1.8.8", "1.8.8", "way Passed")]
    [InlineData(Restore, "1.8.8", "1.8.0", "way Refused")]
    [InlineData(Restore, "1.8.8", "1.9.12", "point-release Passed, target-choice Passed")]
    [InlineData(Restore, "1.8.6", "1.9.12", "point-release Refused, target-choice Passed")]
    [InlineData(Restore, "1.8.8", "1.10.0", "target-choice Passed, route Refused")]
    public void Each_kind_of_plan_runs_its_own_release_checks(string head, string source, string target, string expected) =>
        Assert.Equal(expected, string.Join(", ", Of(head, source, target).Select(finding => $"{finding.Check} {finding.Result.Outcome}")));

    [Fact]
    public void A_missing_route_is_refused_with_a_hint()
    {
        var refusal = Of(Migration, "1.8.8", "1.10.0")[^1];

        Assert.Equal("no plugin offers a route from 1.8 to 1.10", refusal.Result.Found);
        Assert.Equal("\"pachup plugin list\" shows the installed plugins and their routes.", refusal.Result.Remedy);
    }

    [Fact]
    public void Every_release_check_has_a_description()
    {
        var known = ReleaseChecks.All.Select(question => question.Name).ToHashSet();

        Assert.All(Of(Migration, "1.8.8", "1.10.0").Concat(Of(Upgrade, "1.8.7", "1.8.8")), finding => Assert.Contains(finding.Check, known));
    }

    private static ImmutableArray<Finding> Of(string head, string source, string target) =>
        ReleaseFindings.Of(RequestFor(head), Release.Parse(source), Release.Parse(target));

    private static PlanRequest RequestFor(string head) => new()
    {
        Document = StandInSteps.Loader().Parse($"apiVersion: pachup/v1\n{head}\nname: one\nsteps:\n  - {{ id: check, uses: pachyderm/check }}", "plan.yaml"),
        Catalogue = new Catalogue
        {
            Steps = StandInSteps.Catalogue,
            Checks = [],
            Routes = [new StandInRoute()],
            Platforms = ImmutableSortedDictionary<string, IPlatform>.Empty,
        },
        Addresses = new AddressResolver(_ => null, "/nowhere"),
    };
}
