using System.Collections.Immutable;

namespace PachUp.Engine.Yaml;

/// <summary>A plan cannot be used as it is. The message has one line per mistake.</summary>
public sealed class InvalidPlanException : Exception
{
    /// <summary>Creates the exception with every mistake that was found; they are sorted by their place.</summary>
    public InvalidPlanException(IEnumerable<PlanMistake> mistakes)
        : this([.. mistakes.OrderBy(mistake => mistake.Position ?? default).ThenBy(mistake => mistake.ToString(), StringComparer.Ordinal)])
    {
    }

    private InvalidPlanException(ImmutableArray<PlanMistake> mistakes)
        : base(string.Join('\n', mistakes)) => Mistakes = mistakes;

    /// <summary>What is wrong, in the order of the file; what is wrong on the command line comes first.</summary>
    public ImmutableArray<PlanMistake> Mistakes { get; }
}
