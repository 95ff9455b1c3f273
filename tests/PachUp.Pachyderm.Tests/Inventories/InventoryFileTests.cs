using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Testing;
using Snapshooter.Xunit;

namespace PachUp.Pachyderm.Tests.Inventories;

public sealed class InventoryFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_inventory_is_written_as_indented_json() => Snapshot.Match(InventoryFile.Serialize(InventorySamples.Small));

    [Fact]
    public void A_written_inventory_is_read_exactly()
    {
        var read = InventoryFile.Deserialize(InventoryFile.Serialize(InventorySamples.Small));

        Assert.True(InventoryDifference.Between(InventorySamples.Small, read).IsEmpty);
        Assert.Equal(InventoryFile.Serialize(InventorySamples.Small), InventoryFile.Serialize(read));
        Assert.Equal(InventorySamples.Images.Created, read.FindRepo("images")!.Created);
        Assert.Equal(InventorySamples.Edges, read.FindPipeline("edges"));
    }

    [Fact]
    public void Every_field_of_a_pipeline_is_preserved()
    {
        var info = MessageSamples.Filled<PipelineInfo>();
        var inventory = InventorySamples.Small with { Pipelines = [new PipelineInventory { Name = "full", Info = info }] };

        Assert.Equal(info, InventoryFile.Deserialize(InventoryFile.Serialize(inventory)).Pipelines[0].Info);
    }

    [Fact]
    public void The_order_in_which_a_server_sends_the_entries_of_a_map_makes_no_difference()
    {
        var turned = InventorySamples.Edges.Info.Clone();
        turned.Transform.Env.Clear();
        turned.Transform.Env.Add(new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" });
        var inventory = InventorySamples.Small with { Pipelines = [InventorySamples.Edges with { Info = turned }] };

        Assert.Equal(InventoryFile.Serialize(InventorySamples.Small), InventoryFile.Serialize(inventory));
    }

    [Fact]
    public void A_time_with_an_offset_is_written_as_the_same_time_in_utc()
    {
        var created = new DateTimeOffset(2020, 3, 4, 7, 6, 7, TimeSpan.FromHours(2));
        var inventory = InventorySamples.Small with { Repos = [new RepoInventory { Name = "images", Created = created }] };

        Assert.Contains("\"created\": \"2020-03-04T05:06:07Z\"", InventoryFile.Serialize(inventory), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_properties_are_ignored()
    {
        var newer = InventoryFile.Serialize(InventorySamples.Small)
            .Replace("\"clusterId\"", "\"mood\": \"fine\", \"clusterId\"", StringComparison.Ordinal)
            .Replace("\"datum_tries\"", "\"datum_mood\": 1, \"datum_tries\"", StringComparison.Ordinal);

        Assert.True(InventoryDifference.Between(InventorySamples.Small, InventoryFile.Deserialize(newer)).IsEmpty);
    }

    [Theory]
    [InlineData("", "it is not an inventory")]
    [InlineData("[]", "it has no \"formatVersion\"")]
    [InlineData("{ \"formatVersion\": \"one\" }", "it has no \"formatVersion\"")]
    [InlineData("{ \"formatVersion\": 1, \"formatVersion\": 1 }", "it is not an inventory")]
    [InlineData("{ \"formatVersion\": 1, \"release\": \"1.8.7\", \"clusterId\": \"\", \"repos\": null }", "it is not an inventory")]
    [InlineData("{ \"formatVersion\": 2 }", "it has format version 2, but this PachUp supports versions up to 1. Use a newer PachUp.")]
    [InlineData("{ \"formatVersion\": 1, \"release\": \"1.8.7\" }", "clusterId")]
    [InlineData("{ \"formatVersion\": 1, \"release\": \"new\", \"clusterId\": \"\" }", "A release is three numbers")]
    [InlineData(
        "{ \"formatVersion\": 1, \"release\": \"1.8.7\", \"clusterId\": \"\", \"pipelines\": [{ \"name\": \"a\", \"info\": { \"standby\": 7 } }] }",
        "It contains a pipeline that cannot be read")]
    public async Task A_file_that_is_not_an_inventory_is_refused_with_its_name(string text, string expected)
    {
        var path = _folder.File("inventory.json");
        await File.WriteAllTextAsync(path, text);

        var error = await Assert.ThrowsAsync<FormatException>(() => InventoryFile.ReadAsync(path));

        Assert.StartsWith($"The inventory \"{path}\" cannot be read: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_complete_and_readable_by_its_owner_only()
    {
        var path = _folder.File("inventory.json");

        await InventoryFile.WriteAsync(path, InventorySamples.Small);

        Assert.Equal(["inventory.json"], _folder.FileNames);
        Assert.True(InventoryDifference.Between(InventorySamples.Small, await InventoryFile.ReadAsync(path)).IsEmpty);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }
}
