using System.Text.Json.Nodes;
using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Plugins;
using PachUp.Pachyderm;
using PachUp.Plugins.Buckets;
using PachUp.Steps;
using Snapshooter.Xunit;

namespace PachUp.Engine.Tests.Plans.Reading;

public class PlanSchemaTests
{
    private static readonly string Schema = PlanSchema.Generate(StandInSteps.Catalogue, ["sandbox", "external"]);

    [Fact]
    public void The_schema_describes_the_format_and_every_step() => Snapshot.Match(Schema);

    [Theory]
    [MemberData(nameof(ShippedPlans))]
    public void A_shipped_plan_is_valid_for_the_steps_that_ship(string file)
    {
        var catalogue = PluginHost.Load([new StepsPlugin(), new BucketsPlugin()], []).Catalogue;
        var schema = PlanSchema.Generate(catalogue.Steps, catalogue.Platforms.Keys);

        Assert.Empty(Mistakes(schema, File.ReadAllText(Path.Combine(ShippedPlan.Folder, file))));
    }

    [Theory]
    [MemberData(nameof(ShippedPlans))]
    public void A_shipped_plan_loads_with_the_steps_that_ship(string file)
    {
        var catalogue = PluginHost.Load([new StepsPlugin(), new BucketsPlugin()], []).Catalogue;
        var loader = new PlanLoader { Steps = catalogue.Steps, Platforms = [.. catalogue.Platforms.Keys], Environment = _ => null };
        var overrides = new PlanOverrides { Set = file == "restore-backup.yaml" ? ["backup=a.pachx"] : [] };

        var plan = loader.LoadFile(Path.Combine(ShippedPlan.Folder, file), overrides);

        var scope = plan.Scope with { SourceRelease = new Release(1, 8, 7), TargetRelease = new Release(1, 8, 8) };
        Assert.All(plan.Steps, step => Assert.NotNull(step.Arguments.ResolveForPreview(scope)));
    }

    public static TheoryData<string> ShippedPlans() => [.. Directory.EnumerateFiles(ShippedPlan.Folder, "*.yaml").Select(path => Path.GetFileName(path))];

    [Theory]
    [InlineData("steps:", "stesp:", ": stesp is not allowed")]
    [InlineData("uses: pachyderm/verify", "uses: pachyderm/verfiy", "/steps/8/uses: pachyderm/verfiy is none of the choices")]
    [InlineData("attempts: 3", "attempts: 3.5", "/steps/4/with/attempts: 3.5 fits no choice")]
    [InlineData("with: { from: \"${parameters.archive}\", outputs", "with: { form: x, outputs", "/steps/7/with: no from")]
    [InlineData("release: 1.9.0", "release: newest", "/to/release: \"newest\" does not match ^v?\\d+\\.\\d+\\.\\d+|^latest$")]
    [InlineData("cluster: source }", "cluster: sorce }", "/steps/1/with/cluster: sorce fits no choice")]
    public void A_plan_with_a_mistake_is_not_valid(string right, string wrong, string mistake)
    {
        var text = ShippedPlan.Text.Replace(right, wrong, StringComparison.Ordinal);

        Assert.Contains(mistake, Mistakes(Schema, text));
    }

    private static string[] Mistakes(string schema, string plan) =>
        [.. new SchemaValidator((JsonObject)JsonNode.Parse(schema)!).Validate(YamlAsJson.Read(plan))];
}
