using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Runs.Records;

public sealed class RunOriginTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Equal_inputs_have_no_difference() => Assert.Empty(DifferencesBetween(Plan(), Plan()));

    [Fact]
    public void A_changed_plan_is_a_difference_but_a_changed_comment_is_not()
    {
        Assert.Empty(DifferencesBetween(Plan(), Plan("# a comment\n" + SamplePlan.ThreeSteps)));

        var difference = Assert.Single(DifferencesBetween(Plan(), Plan("steps:\n  - { id: one, uses: test/lasting }")));

        Assert.Equal("plan (SHA-256)", difference.What);
    }

    [Fact]
    public void A_parameter_with_another_value_is_a_difference_that_shows_both()
    {
        var difference = DifferencesBetween(PlanWith("old"), PlanWith("new")).Last();

        Assert.Equal(new RunDifference("parameter color", "\"old\"", "\"new\""), difference);
    }

    [Fact]
    public void Other_addresses_are_a_difference()
    {
        var difference = Assert.Single(DifferencesBetween(Plan(), SamplePlan.Of(Plan().Document, inPlace: true)));

        Assert.Equal("changes from the command line (SHA-256)", difference.What);
    }

    [Fact]
    public void Secrets_and_peer_ports_may_move_before_a_run_is_resumed()
    {
        var moved = Plan().Document with { Overrides = new PlanOverrides { Secrets = ["token=file:/elsewhere"], SourcePeer = "old:653" } };

        Assert.Empty(DifferencesBetween(Plan(), SamplePlan.Of(moved)));
    }

    [Fact]
    public void A_plugin_that_was_changed_is_a_difference_that_names_its_files()
    {
        var before = PluginWith(("Acme.dll", "aaaa"), ("Acme.xml", "bbbb"));
        var after = PluginWith(("Acme.dll", "cccc"), ("Acme.xml", "bbbb")) with { Version = "1.1.0" };

        var difference = Assert.Single(DifferencesBetween(Plan(plugins: before), Plan(plugins: after)));

        Assert.Equal("plugin Acme", difference.What);
        Assert.StartsWith("1.0.0 (", difference.Then, StringComparison.Ordinal);
        Assert.StartsWith("1.1.0 (", difference.Now, StringComparison.Ordinal);
        Assert.Equal("Acme.dll: changed, SHA-256 was aaaa, is cccc", Assert.Single(difference.Details));
    }

    [Fact]
    public void A_plugin_that_was_removed_is_a_difference()
    {
        var difference = Assert.Single(DifferencesBetween(Plan(plugins: PluginWith(("Acme.dll", "aaaa"))), Plan()));

        Assert.Equal(("plugin Acme", "missing"), (difference.What, difference.Now));
    }

    [Theory]
    [InlineData("step", "test/undoable")]
    [InlineData("route", "1.8 -> 1.8")]
    [InlineData("platform", "external")]
    public void A_plugin_belongs_to_the_runs_that_use_it(string kind, string name) =>
        Assert.Equal("Acme", Assert.Single(RunOrigin.Of(Plan(plugins: Offering(kind, name))).Plugins).Name);

    [Theory]
    [InlineData("step", "acme/other")]
    [InlineData("check", "weekday")]
    [InlineData("route", "1.9 -> 1.10")]
    [InlineData("platform", "paper")]
    public void A_plugin_that_a_run_does_not_use_does_not_belong_to_it(string kind, string name) =>
        Assert.Empty(RunOrigin.Of(Plan(plugins: Offering(kind, name))).Plugins);

    [Fact]
    public void Another_version_of_PachUp_is_not_a_difference()
    {
        var origin = RunOrigin.Of(Plan());

        Assert.Empty((origin with { PachUp = "0.0.1" }).DifferencesTo(origin));
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        var plan = Plan(plugins: PluginWith(("Acme.dll", "aaaa")));
        RunOrigin.Write(Run, plan, new LockOptions());

        Assert.Empty(RunOrigin.Read(Run).DifferencesTo(RunOrigin.Of(plan)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[]")]
    [InlineData("{}")]
    public void A_run_with_a_missing_or_damaged_origin_cannot_be_resumed(string? content)
    {
        if (content is not null)
        {
            File.WriteAllText(Run.File(RunFiles.Origin), content);
        }

        var damage = Assert.Throws<FormatException>(() => RunOrigin.Read(Run));

        Assert.Equal($"run the-run cannot continue: its file \"{Run.File(RunFiles.Origin)}\" is missing or damaged", damage.Message);
    }

    [Fact]
    public void A_run_with_a_newer_format_cannot_be_resumed()
    {
        File.WriteAllText(Run.File(RunFiles.Origin), """{ "format": "2.0" }""");

        var refusal = Assert.Throws<RunChangedException>(() => RunOrigin.Read(Run));

        Assert.Equal(new RunDifference("format of the run's files", "2.0", "1.0"), Assert.Single(refusal.Differences));
    }

    [Fact]
    public void A_newer_minor_format_can_be_read()
    {
        RunOrigin.Write(Run, Plan(), new LockOptions());
        var text = File.ReadAllText(Run.File(RunFiles.Origin));
        File.WriteAllText(Run.File(RunFiles.Origin), text.Replace("\"1.0\"", "\"1.7\"", StringComparison.Ordinal));

        Assert.Equal("1.7", RunOrigin.Read(Run).Format);
    }

    private RunDirectory Run => new("the-run", _folder.Path);

    private static IEnumerable<RunDifference> DifferencesBetween(PlannedMigration then, PlannedMigration now) =>
        RunOrigin.Of(then).DifferencesTo(RunOrigin.Of(now));

    private static PlannedMigration Plan(string text = SamplePlan.ThreeSteps, params ImmutableArray<LoadedPlugin> plugins) =>
        SamplePlan.Of(SamplePlan.Read(new ScriptedSteps((_, _) => { }).Catalogue, text), plugins: plugins);

    private static PlannedMigration PlanWith(string color) =>
        Plan($"parameters: {{ color: {{ default: {color} }} }}\nsteps:\n  - {{ id: one, uses: test/lasting, with: {{ text: \"${{parameters.color}}\" }} }}");

    private static LoadedPlugin PluginWith(params (string Name, string Hash)[] files) => Offering("step", "test/undoable") with
    {
        Files = new PluginFiles { Hashes = files.ToImmutableSortedDictionary(file => file.Name, file => file.Hash, StringComparer.Ordinal) },
    };

    private static LoadedPlugin Offering(string kind, string name) => new()
    {
        Name = "Acme",
        Version = "1.0.0",
        Path = "/plugins/Acme/Acme.dll",
        Files = new PluginFiles { Hashes = ImmutableSortedDictionary<string, string>.Empty },
        Steps = kind == "step" ? [name] : [],
        Checks = kind == "check" ? [name] : [],
        Routes = kind == "route" ? [name] : [],
        Platforms = kind == "platform" ? [name] : [],
    };
}
