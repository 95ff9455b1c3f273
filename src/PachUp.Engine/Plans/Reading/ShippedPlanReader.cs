using PachUp.Engine.Steps;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads only the facts that help to choose a plan. It ignores mistakes, because loading the plan reports them.</summary>
internal static class ShippedPlanReader
{
    public static ShippedPlan Read(string path, StepCatalogue steps)
    {
        var plan = YamlReader.Read(File.ReadAllText(path), new MistakeList(path)) as PlanMapping;
        var to = plan?.Find(PlanKeys.To) as PlanMapping;
        return new ShippedPlan(TextOf(plan, PlanKeys.Name) ?? Path.GetFileNameWithoutExtension(path), TextOf(plan, PlanKeys.Description) ?? "", path)
        {
            Purpose = PlanKind.Find(TextOf(plan, PlanKeys.Kind) ?? "")?.Purpose,
            FromLine = LineOf(TextOf(plan?.Find(PlanKeys.From) as PlanMapping, PlanKeys.Line)),
            ToLine = LineOf(TextOf(to, PlanKeys.Line)) ?? ReleaseOf(TextOf(to, PlanKeys.Release))?.Line,
            Downtime = DowntimeOf(plan?.Find(PlanKeys.Steps) as PlanSequence, steps),
        };
    }

    private static Downtime DowntimeOf(PlanSequence? sequence, StepCatalogue steps)
    {
        var traits = (sequence?.Items ?? []).Select(step => TraitsOf(TextOf(step as PlanMapping, PlanKeys.Uses), steps)).ToList();
        return traits.Any(step => step.RemovesSource) ? Downtime.Cluster
            : traits.Any(step => step.KeepsWritersOut) ? Downtime.Writers
            : Downtime.None;
    }

    private static StepTraits TraitsOf(string? uses, StepCatalogue steps) =>
        uses is not null && steps.TryGet(uses, out var step) ? step.Traits : StepTraits.Default;

    private static string? TextOf(PlanMapping? mapping, string key) => (mapping?.Find(key) as PlanScalar)?.Value;

    private static ReleaseLine? LineOf(string? text) => ReleaseLine.TryParse(text, null, out var line) ? line : null;

    private static Release? ReleaseOf(string? text) => Release.TryParse(text, out var release) ? release : null;
}
