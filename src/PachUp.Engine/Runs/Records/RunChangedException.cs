using System.Collections.Immutable;
using PachUp.Engine.State;

namespace PachUp.Engine.Runs.Records;

/// <summary>A run cannot be resumed, because its plan, a plugin or a cluster has changed since it started.</summary>
/// <param name="run">The run.</param>
/// <param name="differences">The changes.</param>
public sealed class RunChangedException(RunDirectory run, IEnumerable<RunDifference> differences)
    : Exception($"run {run.Id} cannot continue, because its inputs changed after it started")
{
    /// <summary>The changes.</summary>
    public ImmutableArray<RunDifference> Differences { get; } = [.. differences];
}

/// <summary>An input of a run that changed after the run started.</summary>
/// <param name="What">The input: <c>plugin PachUp.Plugins.Pachyderm18To19</c>.</param>
/// <param name="Then">Its value when the run started.</param>
/// <param name="Now">Its value now.</param>
public sealed record RunDifference(string What, string Then, string Now)
{
    /// <summary>Details, line by line.</summary>
    public ImmutableArray<string> Details { get; init; } = [];
}
