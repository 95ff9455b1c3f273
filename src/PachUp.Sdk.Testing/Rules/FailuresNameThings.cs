using PachUp.Engine.Runs.Journals;
using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.FailuresNameThings"/>
internal sealed class FailuresNameThings : Rule
{
    public override string Name => RuleNames.FailuresNameThings;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        var offered = PluginUnderTest.Load(plugin.Folder).Offer.Steps;
        var steps = new List<string>();
        await using (var environment = await TestEnvironment.StartAsync(plugin, cancellationToken))
        {
            steps.AddRange(environment.Plan.Steps.Where(step => offered.Contains(step.Step.Name)).Select(step => step.Id));
        }

        if (steps.Count == 0)
        {
            throw new NothingToAskException("the plan uses no step of the plugin.");
        }

        var said = new List<string>();
        foreach (var step in steps)
        {
            said.Add(await LookAsync(plugin, step, cancellationToken));
        }

        return string.Join("; ", said);
    }

    private static async Task<string> LookAsync(Trial plugin, string step, CancellationToken cancellationToken)
    {
        await using var environment = await TestEnvironment.StartAsync(plugin, cancellationToken);
        var things = environment.NamesOfThings();
        var result = await environment.ApplyAsync(
            cancellationToken, observer: new StepWatch(started =>
            {
                if (started == step)
                {
                    environment.StopClusters();
                }
            }));
        if (result.Steps.Single(outcome => outcome.Id == step) is { State: not StepState.Failed })
        {
            return $"\"{step}\" does not need the clusters";
        }

        var (message, remedy) = (result.Failure!.Message, result.Failure.Remedy);
        var again = $"Both clusters were stopped before the step \"{step}\", which failed with: \"{message}\" (to do: \"{remedy}\")";
        return string.IsNullOrWhiteSpace(remedy) ? throw new RuleBrokenException($"{again}. It does not say what to do next.")
            : result.Failure.InnerException is { } cause && message.Contains(cause.GetType().Name, StringComparison.Ordinal)
                ? throw new RuleBrokenException(
                    $"{again}. Throw expected failures as StepFailedException, or let those of PachdClient through; this exception counts as a bug "
                        + "in the plugin.")
            : things.Any(thing => message.Contains(thing, StringComparison.Ordinal)) ? $"\"{step}\": {message}"
            : throw new RuleBrokenException($"{again}. It does not name the affected thing: name the address, repo, pipeline or file. (Messages of PachdException do.)");
    }
}
