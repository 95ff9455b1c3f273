using System.Collections.Immutable;
using PachUp.Engine.State;

namespace PachUp.Engine.Runs.Records;

/// <summary>What a run would go on with is not what it was begun with.</summary>
/// <param name="run">The run.</param>
/// <param name="differences">In what the two differ.</param>
public sealed class RunChangedException(RunDirectory run, IEnumerable<RunDifference> differences)
    : Exception($"run {run.Id} would not go on with what it was begun with, so it does not go on")
{
    /// <summary>In what the two differ.</summary>
    public ImmutableArray<RunDifference> Differences { get; } = [.. differences];
}

/// <summary>Something that is not as it was when a run was begun.</summary>
/// <param name="What">What it is: <c>plugin PachUp.Plugins.Pachyderm18To19</c>.</param>
/// <param name="Then">What it was.</param>
/// <param name="Now">What it is.</param>
public sealed record RunDifference(string What, string Then, string Now)
{
    /// <summary>More about it, line by line.</summary>
    public ImmutableArray<string> Details { get; init; } = [];
}
