using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Admin;

/// <summary>The order in which pipelines are extracted.</summary>
internal static class PipelineOrder
{
    /// <summary>Pipelines in the given order, but each after those whose output it reads.</summary>
    /// <exception cref="ServerCrash">A pipeline reads its own output: the server crashes with a stack overflow.</exception>
    public static IReadOnlyList<PipelineInfo> DependenciesFirst(IReadOnlyList<PipelineInfo> pipelines)
    {
        var left = pipelines.ToDictionary(pipeline => pipeline.Pipeline.Name, StringComparer.Ordinal);
        var ordered = new List<PipelineInfo>();
        foreach (var pipeline in pipelines)
        {
            Add(pipeline.Pipeline.Name, left, ordered, []);
        }

        return ordered;
    }

    private static void Add(string name, Dictionary<string, PipelineInfo> left, List<PipelineInfo> ordered, HashSet<string> underWay)
    {
        if (!left.TryGetValue(name, out var pipeline))
            return;

        if (!underWay.Add(name))
            throw new ServerCrash();

        foreach (var input in PipelineInputs.All(pipeline.Input))
        {
            if ((input.Pfs?.Repo ?? input.Atom?.Repo) is { } repo)
                Add(repo, left, ordered, underWay);
        }

        left.Remove(name);
        ordered.Add(pipeline);
    }
}
