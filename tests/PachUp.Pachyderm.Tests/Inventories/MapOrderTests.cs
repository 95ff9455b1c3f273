using Google.Protobuf;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Tests.Inventories;

public sealed class MapOrderTests
{
    [Fact]
    public void Entries_in_another_order_give_the_same_bytes()
    {
        var first = PipelineWith(("B", "two"), ("A", "one"));
        var second = PipelineWith(("A", "one"), ("B", "two"));

        Assert.NotEqual(second.ToByteArray(), first.ToByteArray());
        Assert.Equal(MapOrder.Sort(second).ToByteArray(), MapOrder.Sort(first).ToByteArray());
        Assert.Equal(second, first);
    }

    [Fact]
    public void Nothing_else_changes()
    {
        var pipeline = PipelineWith(("A", "one"));
        pipeline.Input = new Input { Cross = { new Input { Pfs = new PFSInput { Repo = "b" } }, new Input { Pfs = new PFSInput { Repo = "a" } } } };

        Assert.Equal(pipeline.Clone().ToByteArray(), MapOrder.Sort(pipeline).ToByteArray());
    }

    private static PipelineInfo PipelineWith(params IEnumerable<(string Key, string Value)> environment) =>
        new() { Transform = new Transform { Env = { environment.ToDictionary(entry => entry.Key, entry => entry.Value) } } };
}
