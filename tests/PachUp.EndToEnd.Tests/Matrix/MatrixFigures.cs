using System.Globalization;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>The counts of a matrix.</summary>
internal sealed class MatrixFigures
{
    private readonly HashSet<int> _points = [];
    private int _killed;
    private int _resumed;
    private int _rolledBack;

    /// <summary>The records after which the tool was killed at least once.</summary>
    public IReadOnlySet<int> Points => _points;

    public void Killed(int record)
    {
        _killed++;
        _points.Add(record);
    }

    public void Resumed() => _resumed++;

    public void RolledBack() => _rolledBack++;

    /// <summary>The counts as text.</summary>
    /// <param name="records">The number of records in an undisturbed run.</param>
    public string Describe(int records) => string.Create(
        CultureInfo.InvariantCulture,
        $"{_killed} times killed, behind {_points.Count} of {records} records; {_resumed} resumed equal, {_rolledBack} rolled back equal");
}
