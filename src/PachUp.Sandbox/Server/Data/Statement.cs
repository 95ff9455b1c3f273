using Microsoft.Data.Sqlite;

namespace PachUp.Sandbox.Server.Data;

/// <summary>A statement to run several times with different values.</summary>
internal sealed class Statement(SqliteCommand command) : IDisposable
{
    public void Dispose() => command.Dispose();

    /// <summary>Runs it with values for the parameters <c>$1</c>, <c>$2</c> and so on.</summary>
    public void Run(params ReadOnlySpan<object?> values)
    {
        // The library compiles a statement once if the parameter objects stay the same.
        for (var i = command.Parameters.Count; i < values.Length; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }
}
