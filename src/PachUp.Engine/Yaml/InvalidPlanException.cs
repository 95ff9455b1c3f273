using System.Collections.Immutable;

namespace PachUp.Engine.Yaml;

/// <summary>A plan is invalid. The message has one line for each mistake.</summary>
public sealed class InvalidPlanException : Exception
{
    /// <summary>Creates the exception with all mistakes. It sorts them by position.</summary>
    public InvalidPlanException(IEnumerable<PlanMistake> mistakes)
        : this([.. mistakes.OrderBy(mistake => mistake.Position ?? default).ThenBy(mistake => mistake.ToString(), StringComparer.Ordinal)])
    {
    }

    private InvalidPlanException(ImmutableArray<PlanMistake> mistakes)
        : base(string.Join('\n', mistakes)) => Mistakes = mistakes;

    /// <summary>The mistakes on the command line, then the mistakes in the file by position.</summary>
    public ImmutableArray<PlanMistake> Mistakes { get; }
}
