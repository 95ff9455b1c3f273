using System.Text.Json;
using PachUp.Engine.Runs;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk.Testing;
using PachUp.Verification.Records;

namespace PachUp.EndToEnd.Tests.MainJob;

/// <summary>Specs of pipelines: earlier specs, and specs that are written when pipelines are stopped.</summary>
public sealed class SpecHistoryTests
{
    [Fact]
    public async Task Earlier_specs_are_announced_and_saved()
    {
        await using var migration = await MigrationHarness.StartAsync("1.8.7", "1.9.0", sharedBucket: false);
        using var source = new ClusterBuilder(migration.Source.Address);
        await source.CreateRepoAsync("images");
        await source.CreatePipelineAsync("edges", "images");
        await UpdateAsync(source, "edges", "second");
        await UpdateAsync(source, "edges", "third");

        var result = await migration.MigrateAsync(objects: true);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.Contains(result.Verification!.Announced, change =>
            change.Item is { Name: "edges", Detail: "version 3 -> 1, creation time, 2 earlier specs left out" });
        var specs = JsonDocument.Parse(await File.ReadAllTextAsync(result.Run.File(RecordFiles.LeftBehind))).RootElement.GetProperty("specs").EnumerateArray().ToList();
        Assert.Equal([2, 1], specs.Select(spec => spec.GetProperty("version").GetInt32()));
        Assert.Contains("\"description\": \"second\"", specs[0].GetProperty("spec").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_written_by_stopping_pipelines_are_not_a_loss_in_an_earlier_copy_of_the_bucket()
    {
        await using var migration = await MigrationHarness.StartAsync("1.8.7", "1.9.0", sharedBucket: false);
        using var source = new ClusterBuilder(migration.Source.Address);
        await source.CreateRepoAsync("images");
        await source.CommitFileAsync("images", "master", "/1.png", "one");
        await source.CreatePipelineAsync("edges", "images");
        await source.CreatePipelineAsync("montage", "edges");
        await CopyObjectsAsync(migration);

        var result = await migration.MigrateAsync(objects: false);

        Assert.Equal(RunOutcome.Done, result.Outcome);
    }

    private static async Task UpdateAsync(ClusterBuilder source, string pipeline, string description) =>
        await source.CreatePipelineAsync(pipeline, "images", more: request => (request.Update, request.Description) = (true, description));

    /// <summary>Copies the current content of the source to the target.</summary>
    private static async Task CopyObjectsAsync(MigrationHarness migration)
    {
        await using var from = PachdClient.Create(migration.Source.Address);
        await using var to = PachdClient.Create(migration.Target.Address);
        await to.RestoreAsync(from.ExtractAsync(includeObjects: true).Where(operation => operation.Kind is Pachyderm.OperationKind.Object or Pachyderm.OperationKind.Tag)
            .Select(operation => operation.In(Pachyderm.OperationGeneration.V1_9)));
    }
}
