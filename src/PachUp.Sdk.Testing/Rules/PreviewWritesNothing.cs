using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.PreviewWritesNothing"/>
internal sealed class PreviewWritesNothing : Rule
{
    public override string Name => RuleNames.PreviewWritesNothing;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        await using var environment = await TestEnvironment.StartAsync(plugin, cancellationToken);
        var writes = environment.WriteCalls;
        var files = environment.Files().ToList();

        await using var plan = await environment.PlanAsync(cancellationToken);
        var after = environment.WriteCalls - writes;
        if (after > 0)
        {
            throw new RuleBrokenException(
                $"the preview changed a cluster: {after} writing calls, made by PreviewAsync of "
                    + $"{Suspects(plan.Preview.Steps.Select(step => step.Uses))} or by a "
                  + $"check. PreviewAsync and AskAsync must only read. Reproduce it with: {TestEnvironment.Command(plugin, "plan")}");
        }

        var written = environment.Files().Except(files).ToList();
        return written.Count == 0
            ? $"{plan.Preview.Steps.Length} steps and {plan.Preview.Findings.Length} checks made no writing call and wrote no file"
            : throw new RuleBrokenException($"the preview wrote {string.Join("; ", written)}. Write only in ExecuteAsync. Reproduce it with: {TestEnvironment.Command(plugin, "plan")}");
    }

    private static string Suspects(IEnumerable<string> steps) => string.Join(", ", steps.Distinct().Order(StringComparer.Ordinal));
}
