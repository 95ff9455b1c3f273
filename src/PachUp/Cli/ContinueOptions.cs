namespace PachUp.Cli;

/// <summary>
/// The options of commands that go on with a run, where they cannot be those of this command: a job in the cluster tells commands that are typed
/// outside of it.
/// </summary>
internal static class ContinueOptions
{
    /// <summary>The variable with these options, separated by spaces.</summary>
    public const string Variable = "PACHUP_CONTINUE_WITH";

    /// <summary>The options to print.</summary>
    /// <param name="options">Those of this command.</param>
    public static IEnumerable<string> With(IEnumerable<string> options) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } others ? others.Split(' ') : options;
}
