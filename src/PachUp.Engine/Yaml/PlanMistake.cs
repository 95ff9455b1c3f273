using System.Globalization;

namespace PachUp.Engine.Yaml;

/// <summary>A mistake in a plan or in an option of the command line.</summary>
/// <param name="Where">The file of the plan, or the option.</param>
/// <param name="Position">The position in the file; null for an option, and for a file that cannot be read.</param>
/// <param name="Problem">What is wrong, in one clause with the quoted name.</param>
public sealed record PlanMistake(string Where, PlanPosition? Position, string Problem)
{
    /// <summary>What was expected instead; empty if the problem already says it.</summary>
    public string Expected { get; init; } = "";

    /// <summary>The most similar valid name; null for none.</summary>
    public string? Nearest { get; init; }

    /// <summary>One line: <c>FILE:LINE:COLUMN: problem; expected ...; did you mean "..."?</c></summary>
    public override string ToString()
    {
        var place = Position is { } at ? string.Create(CultureInfo.InvariantCulture, $"{Where}:{at.Line}:{at.Column}") : Where;
        var expected = Expected.Length > 0 ? $"; expected {Expected}" : "";
        var nearest = Nearest is not null ? $"; did you mean \"{Nearest}\"?" : "";
        return $"{place}: {Problem}{expected}{nearest}";
    }
}

/// <summary>A position in a file.</summary>
/// <param name="Line">1 or more.</param>
/// <param name="Column">1 or more, in characters.</param>
public readonly record struct PlanPosition(int Line, int Column) : IComparable<PlanPosition>
{
    /// <inheritdoc/>
    public int CompareTo(PlanPosition other) => (Line, Column).CompareTo((other.Line, other.Column));

    /// <summary>Whether <paramref name="left"/> comes earlier in the file.</summary>
    public static bool operator <(PlanPosition left, PlanPosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes earlier in the file or is the same position.</summary>
    public static bool operator <=(PlanPosition left, PlanPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> comes later in the file.</summary>
    public static bool operator >(PlanPosition left, PlanPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> comes later in the file or is the same position.</summary>
    public static bool operator >=(PlanPosition left, PlanPosition right) => left.CompareTo(right) >= 0;
}
