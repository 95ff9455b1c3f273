using PachUp.Engine.Planning;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <summary>The prediction of a plan's route for the source of a test environment.</summary>
internal static class RoutePrediction
{
    /// <summary>The prediction, with files to read; null for a plan that does not migrate from one line to another.</summary>
    public static async Task<ExpectedTarget?> ByAsync(Trial plugin, TestEnvironment environment, CancellationToken cancellationToken)
    {
        var source = await ReadSourceAsync(environment, cancellationToken);
        var target = environment.TargetRelease;
        var route = environment.Plan.Purpose == PlanPurpose.Migration
            ? PluginUnderTest.Load(plugin.Folder).Catalogue.FindRoute(source.Release.Line, target.Line)
            : null;
        return route?.PredictTarget(source, target, environment.Plan.Options());
    }

    /// <summary>The inventory of the source, with files to read.</summary>
    public static async Task<ClusterInventory> ReadSourceAsync(TestEnvironment environment, CancellationToken cancellationToken)
    {
        await using var client = PachdClient.Create(environment.Source.Address);
        return await InventoryReader.ReadAsync(client, new InventoryOptions { ProbeFiles = true }, cancellationToken: cancellationToken);
    }
}
