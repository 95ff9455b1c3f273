using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk.Testing.Environments;
using PachUp.Verification.Comparing;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.NothingIsLost"/>
internal sealed class NothingIsLost : Rule
{
    public override string Name => RuleNames.NothingIsLost;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        await using var environment = await TestEnvironment.StartAsync(plugin, cancellationToken);
        var expectedTarget = await RoutePrediction.ByAsync(plugin, environment, cancellationToken);
        var result = await environment.ApplyAsync(cancellationToken);
        UndisturbedRun.ThrowUnlessDone(result, TestEnvironment.Command(plugin));
        return expectedTarget is null
            ? $"the plan finished, {result.Steps.Length} steps"
            : await CompareAsync(expectedTarget, environment, TestEnvironment.Command(plugin), cancellationToken);
    }

    /// <summary>Compares everything, including additional items, independent of the plan's own verification.</summary>
    private static async Task<string> CompareAsync(ExpectedTarget expectedTarget, TestEnvironment environment, string command, CancellationToken cancellationToken)
    {
        await using var client = PachdClient.Create(environment.Target.Address);
        var arrived = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly, cancellationToken: cancellationToken);
        var probes = await Verifier.ReadProbesAsync(client, expectedTarget.Inventory.Probes, progress: null, cancellationToken);
        var report = Verifier.Compare(expectedTarget, arrived with { Probes = probes });
        IReadOnlyList<string> mistakes =
        [
            .. report.Lost.Select(item => $"  lost: {Items.Describe(item)}"),
            .. report.Changed.Select(item => $"  changed: {Items.Describe(item)}"),
            .. report.Added.Select(item => $"  not predicted: {Items.Describe(item)}"),
        ];
        return mistakes.Count == 0
            ? string.Join(", ", report.Counts.Select(count => $"{count.Kind} {count.Kept} of {count.Expected}"))
            : throw new RuleBrokenException(
                $"the content of the target differs from the prediction of the route:\n{string.Join('\n', mistakes)}\n"
                + $"Let PredictTarget and the rewriter decide from the same rules. Reproduce it with: {command}");
    }
}
