using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using PachUp.Common.Files;
using PachUp.Engine.Steps.Failing;

namespace PachUp.Engine.Runs;

/// <summary>
/// What steps log while they act: lines in a file of the run, without secrets. Where it cannot be written a step goes on, since nothing depends on it.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="step">The id of the step.</param>
/// <param name="redaction">Takes the secrets out.</param>
/// <param name="time">The time.</param>
internal sealed class StepLog(string path, string step, Redaction redaction, TimeProvider time) : ILogger
{
    private readonly Lock _writing = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Debug and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var said = redaction.Apply(exception is null ? formatter(state, exception) : $"{formatter(state, exception)}{Environment.NewLine}{exception}");
        var line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():O} {logLevel} {step}: {said}{Environment.NewLine}");
        lock (_writing)
        {
            TryAppend(line);
        }
    }

    private void TryAppend(string line)
    {
        try
        {
            using var file = PrivateFile.Open(path, FileMode.Append);
            file.Write(Encoding.UTF8.GetBytes(line));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk that is full for the log is full for the journal, and the step is told there.
        }
    }
}
