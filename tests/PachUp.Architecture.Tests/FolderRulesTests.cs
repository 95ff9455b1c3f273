namespace PachUp.Architecture.Tests;

public class FolderRulesTests
{
    [Fact]
    public void A_folder_may_use_itself_and_those_to_its_left()
    {
        Assert.Empty(FolderRules.Violations([Use("Views.Page", "Cli.Text"), Use("Views.Page", "Views.Line"), Use("Program", "Views.Page")], ["Cli", "Views", FolderRules.Root]));
    }

    [Fact]
    public void A_use_of_a_folder_to_the_right_is_named_with_both_types()
    {
        var violation = Assert.Single(FolderRules.Violations([Use("Cli.Text", "Views.Page")], ["Cli", "Views"]));

        Assert.Equal("Views is not left of Cli: Cli.Text uses Views.Page", violation);
    }

    [Fact]
    public void A_folder_that_is_missing_in_the_order_is_named()
    {
        Assert.Contains("The order does not name the folder \"Views\".", FolderRules.Violations([Use("Views.Page", "Cli.Text")], ["Cli"]));
    }

    [Fact]
    public void A_circle_inside_a_folder_is_shown_as_the_way_around_it()
    {
        var uses = new[] { Use("Commands.Runs.Apply", "Commands.Plans.Plan"), Use("Commands.Plans.Plan", "Commands.Ask"), Use("Commands.Ask", "Commands.Runs.Choice") };

        var violation = Assert.Single(FolderRules.Violations(uses, ["Commands"]));

        Assert.Equal(
            "There is a circle in Commands: Commands.Runs.Apply uses Commands.Plans.Plan; Commands.Plans.Plan uses Commands.Ask; Commands.Ask uses Commands.Runs.Choice",
            violation);
    }

    [Fact]
    public void A_circle_is_found_at_every_depth()
    {
        var uses = new[] { Use("A.B.C.One", "A.B.D.Two"), Use("A.B.D.Two", "A.B.C.Three") };

        Assert.StartsWith("There is a circle in A.B:", Assert.Single(FolderRules.Violations(uses, ["A"])), StringComparison.Ordinal);
    }

    private static TypeUse Use(string from, string to) => new(Placed(from), Placed(to));

    private static PlacedType Placed(string name) => name.LastIndexOf('.') is var dot && dot < 0 ? new("", name) : new(name[..dot], name[(dot + 1)..]);
}
