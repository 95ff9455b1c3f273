using PachUp.Engine.Planning;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk.Testing.Stages;

namespace PachUp.Sdk.Testing.Rules;

/// <summary>The prediction of a plan's route for the source of a stage.</summary>
internal static class Foreseen
{
    /// <summary>The prediction, with files to read; null for a plan that does not migrate from one line to another.</summary>
    public static async Task<Foresight?> ByAsync(Trial plugin, Stage stage, CancellationToken cancellationToken)
    {
        var source = await ReadSourceAsync(stage, cancellationToken);
        var target = stage.TargetRelease;
        var route = stage.Plan.Purpose == PlanPurpose.Migration
            ? PluginUnderTest.Load(plugin.Folder).Catalogue.FindRoute(source.Release.Line, target.Line)
            : null;
        return route?.Foresee(source, target, stage.Plan.Options());
    }

    /// <summary>The inventory of the source, with files to read.</summary>
    public static async Task<ClusterInventory> ReadSourceAsync(Stage stage, CancellationToken cancellationToken)
    {
        await using var client = PachdClient.Create(stage.Source.Address);
        return await InventoryReader.ReadAsync(client, new InventoryOptions { ProbeFiles = true }, cancellationToken: cancellationToken);
    }
}
