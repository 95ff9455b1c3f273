using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sdk.Rewriting;

/// <summary>The inputs of a pipeline, however deeply they are nested.</summary>
public static class PipelineInputs
{
    /// <summary>This input and all inside it.</summary>
    public static IEnumerable<Input> All(Input? input) =>
        input is null ? [] : input.Cross.Concat(input.Union).Concat(input.Join).Concat(input.Group).SelectMany(All).Prepend(input);

    /// <summary>The repos that a pipeline reads, except those that the pipeline itself makes (cron ticks, git pushes).</summary>
    public static IEnumerable<string> Repos(PipelineInfo pipeline) =>
        All(pipeline.Input).Select(input => input.Pfs?.Repo ?? input.Atom?.Repo).OfType<string>().Where(repo => repo.Length > 0).Distinct();
}
