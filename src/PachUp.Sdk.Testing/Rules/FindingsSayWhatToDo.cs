using PachUp.Engine.Planning;
using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.FindingsSayWhatToDo"/>
internal sealed class FindingsSayWhatToDo : Rule
{
    public override string Name => RuleNames.FindingsSayWhatToDo;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        await using var environment = await TestEnvironment.StartAsync(plugin, cancellationToken);
        await using var plan = await environment.PlanAsync(cancellationToken);
        var loaded = PluginUnderTest.Load(plugin.Folder);
        var checks = loaded.Checks.ToDictionary(check => check.Name);
        var findings = plan.Preview.Findings.Where(finding => checks.ContainsKey(finding.Check)).ToList();
        var steps = plan.Preview.Steps.Where(step => loaded.Offer.Steps.Contains(step.Uses)).ToList();
        if (findings.Count + steps.Count == 0)
        {
            throw new NothingToAskException("the plan uses no step and no check of the plugin.");
        }

        IReadOnlyList<string> mistakes = [.. findings.SelectMany(finding => MistakesOf(finding, checks[finding.Check].Guide)), .. steps.SelectMany(MistakesOf)];
        return mistakes.Count == 0
            ? $"{findings.Count} findings and the previews of {steps.Count} steps"
            : throw new RuleBrokenException($"{string.Join("; ", mistakes)}. Reproduce it with: {TestEnvironment.Command(plugin, "plan")}");
    }

    private static IEnumerable<string> MistakesOf(Finding finding, CheckGuide guide)
    {
        var result = finding.Result;
        if (string.IsNullOrWhiteSpace(result.Found))
        {
            yield return $"the check \"{finding.Check}\" does not say what it found";
        }

        if (result.Outcome != CheckOutcome.Passed && string.IsNullOrWhiteSpace(result.Remedy))
        {
            yield return $"the check \"{finding.Check}\" found \"{result.Found}\", but does not say what to do (Remedy)";
        }

        if ((result.Outcome == CheckOutcome.Warning && guide.WhenWarned is null) || (result.Outcome == CheckOutcome.Refused && guide.WhenRefused is null))
        {
            yield return $"the check \"{finding.Check}\" came out as {result.Outcome.ToString().ToLowerInvariant()}, but its guide says that this never happens";
        }
    }

    private static IEnumerable<string> MistakesOf(PlannedStep step)
    {
        if (string.IsNullOrWhiteSpace(step.Preview.Summary))
        {
            yield return $"the preview of the step \"{step.Id}\" ({step.Uses}) does not say what would happen";
        }

        if (step.Preview.Effects.Any(effect => string.IsNullOrWhiteSpace(effect.Verb) || string.IsNullOrWhiteSpace(effect.Thing)))
        {
            yield return $"an effect in the preview of the step \"{step.Id}\" ({step.Uses}) does not say what happens to which thing";
        }
    }
}
