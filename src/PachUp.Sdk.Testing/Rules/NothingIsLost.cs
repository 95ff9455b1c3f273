using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk.Testing.Stages;
using PachUp.Verification.Comparing;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.NothingIsLost"/>
internal sealed class NothingIsLost : Rule
{
    public override string Name => RuleNames.NothingIsLost;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        await using var stage = await Stage.StartAsync(plugin, cancellationToken);
        var foresight = await Foreseen.ByAsync(plugin, stage, cancellationToken);
        var result = await stage.ApplyAsync(cancellationToken);
        UndisturbedRun.ThrowUnlessDone(result, Stage.Command(plugin));
        return foresight is null
            ? $"the plan finished, {result.Steps.Length} steps"
            : await CompareAsync(foresight, stage, Stage.Command(plugin), cancellationToken);
    }

    /// <summary>Compares everything, including additional items, independent of the plan's own verification.</summary>
    private static async Task<string> CompareAsync(Foresight foresight, Stage stage, string command, CancellationToken cancellationToken)
    {
        await using var client = PachdClient.Create(stage.Target.Address);
        var arrived = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly, cancellationToken: cancellationToken);
        var probes = await Verifier.ReadProbesAsync(client, foresight.Expected.Probes, progress: null, cancellationToken);
        var report = Verifier.Compare(foresight, arrived with { Probes = probes });
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
                + $"Let Foresee and the rewriter decide from the same rules. Reproduce it with: {command}");
    }
}
