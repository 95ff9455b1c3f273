using PachUp.Pachyderm.Inventories;

namespace PachUp.Rewriting.Streams;

/// <summary>The order in which pipelines are created: as in the stream, but none before a pipeline whose output it reads.</summary>
internal static class PipelineOrder
{
    public static IReadOnlyList<PipelineInventory> Of(IReadOnlyCollection<PipelineInventory> pipelines, IReadOnlyList<string> inStream)
    {
        var places = inStream.Select((name, place) => (name, place)).DistinctBy(entry => entry.name).ToDictionary(entry => entry.name, entry => entry.place);
        var asInStream = pipelines.OrderBy(pipeline => places.GetValueOrDefault(pipeline.Name, int.MaxValue)).ToList();
        return DependencyOrder.Sort(asInStream, pipeline => pipeline.Name, pipeline => PipelineInputs.Repos(pipeline.Info));
    }
}
