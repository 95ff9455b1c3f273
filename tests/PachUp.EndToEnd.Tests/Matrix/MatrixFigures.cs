using System.Globalization;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>What a matrix has counted.</summary>
internal sealed class MatrixFigures
{
    private readonly HashSet<int> _points = [];
    private int _killed;
    private int _resumed;
    private int _rolledBack;

    /// <summary>The records behind which the tool died at least once.</summary>
    public IReadOnlySet<int> Points => _points;

    public void Killed(int record)
    {
        _killed++;
        _points.Add(record);
    }

    public void Resumed() => _resumed++;

    public void RolledBack() => _rolledBack++;

    /// <summary>The figures in words.</summary>
    /// <param name="records">How many records an undisturbed run has.</param>
    public string Describe(int records) => string.Create(
        CultureInfo.InvariantCulture,
        $"{_killed} times killed, behind {_points.Count} of {records} records; {_resumed} resumed equal, {_rolledBack} rolled back equal");
}
