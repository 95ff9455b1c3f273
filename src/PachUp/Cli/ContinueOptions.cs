using System.Collections.Immutable;

namespace PachUp.Cli;

/// <summary>
/// The options for commands that continue a run, if they differ from those of this command: a job in the cluster shows commands that the user types
/// outside the cluster.
/// </summary>
internal static class ContinueOptions
{
    /// <summary>The variable with these options, separated by spaces.</summary>
    private const string Variable = "PACHUP_CONTINUE_WITH";

    /// <summary>The variables of a job with these options.</summary>
    public static ImmutableSortedDictionary<string, string> VariablesFor(IEnumerable<string> options) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(Variable, string.Join(' ', options));

    /// <summary>The options to print.</summary>
    /// <param name="options">The options of this command.</param>
    public static IEnumerable<string> With(IEnumerable<string> options) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } others ? others.Split(' ') : options;
}
