using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Engine.Steps.Failing;

namespace PachUp.Engine.Runs;

/// <summary>
/// Writes the log messages of steps to a file of the run, without secrets. If the file cannot be written, the step continues.
/// </summary>
/// <param name="path">The path of the file.</param>
/// <param name="step">The id of the step.</param>
/// <param name="redaction">Removes the secrets.</param>
/// <param name="time">The clock.</param>
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

        var said = SafeText.Of(redaction.Apply(formatter(state, exception)));
        var trace = exception is null ? "" : SafeText.OfTrace(redaction.Apply(exception.ToString())) + Environment.NewLine;
        lock (_writing)
        {
            TryAppend(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():O} {logLevel} {step}: {said}{Environment.NewLine}{trace}"));
        }
    }

    private void TryAppend(string line)
    {
        try
        {
            using var file = PrivateFile.OpenToAppend(path);
            file.Write(Encoding.UTF8.GetBytes(line));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // If the disk is full, the journal cannot be written either, and that stops the step.
        }
    }
}
