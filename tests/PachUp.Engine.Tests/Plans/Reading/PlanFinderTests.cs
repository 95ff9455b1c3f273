using PachUp.Engine.Plans.Reading;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Plans.Reading;

public class PlanFinderTests
{
    private readonly PlanFinder _finder = new(StandInSteps.Catalogue, ShippedPlan.Folder);

    [Theory]
    [InlineData("pachyderm-1.8.7-to-1.9.0")]
    [InlineData("1.8.7-to-1.9.0")]
    public void A_shipped_plan_is_found_by_its_name_and_by_its_file_name(string argument) =>
        Assert.Equal(ShippedPlan.Path, _finder.Find(argument));

    [Fact]
    public void A_path_has_priority_over_names() => Assert.Equal(ShippedPlan.Path, _finder.Find(ShippedPlan.Path));

    [Fact]
    public void An_unknown_name_is_refused_with_all_names_and_the_nearest()
    {
        var failure = Assert.Throws<PlanNotFoundException>(() => _finder.Find("pachyderm-1.8.7-to-1.9"));

        Assert.StartsWith("There is no file \"pachyderm-1.8.7-to-1.9\" and no shipped plan with that name. Give the path of a plan, or ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("; did you mean \"pachyderm-1.8.7-to-1.9.0\"?", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_shipped_plans_only_paths_are_found()
    {
        var finder = new PlanFinder(StandInSteps.Catalogue, Path.Combine(ShippedPlan.Folder, "nowhere"));

        var failure = Assert.Throws<PlanNotFoundException>(() => finder.Find("x"));

        Assert.Equal("There is no file \"x\" and no shipped plan with that name. Give the path of a plan.", failure.Message);
    }

    [Fact]
    public void Plans_of_plugins_are_found_by_name_and_a_name_that_two_have_is_refused_with_both_files()
    {
        using var plugin = new TemporaryFolder();
        File.Copy(ShippedPlan.Path, plugin.File("mine.yaml"));
        var finder = new PlanFinder(StandInSteps.Catalogue, ShippedPlan.Folder, plugin.Path);

        var failure = Assert.Throws<PlanNotFoundException>(() => finder.Find("pachyderm-1.8.7-to-1.9.0"));

        Assert.Equal(plugin.File("mine.yaml"), finder.Find("mine"));
        Assert.Equal(
            $"More than one plan has the name \"pachyderm-1.8.7-to-1.9.0\". Give the path of the plan: one of \"{ShippedPlan.Path}\", \"{plugin.File("mine.yaml")}\".",
            failure.Message);
    }
}
