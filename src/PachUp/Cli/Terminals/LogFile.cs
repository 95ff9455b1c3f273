using Microsoft.Extensions.Logging;
using PachUp.Cli.Events;
using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Engine.Steps.Failing;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace PachUp.Cli.Terminals;

/// <summary><c>--log-file</c>: a file with everything that happens, without secrets, for support. Later commands append to it.</summary>
internal sealed class LogFile : IDisposable
{
    private const string Line = "{UtcTimestamp:yyyy-MM-ddTHH:mm:ss.fffZ} {Level:u3} {Message:lj}";

    private readonly Logger _file;
    private readonly ILoggerFactory _logs;
    private readonly IDisposable _attached;

    /// <param name="path">The file. Only its owner can read it.</param>
    /// <param name="terminal">What happens.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public LogFile(string path, Terminal terminal)
    {
        _file = new LoggerConfiguration()
            .MinimumLevel.Debug()
            .WriteTo.Sink(new PrivateFileSink(new WithoutSecrets(new MessageTemplateTextFormatter(Line), () => terminal.Redaction), path))
            .CreateLogger();
        _logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddSerilog(_file));
        Log = _logs.CreateLogger("pachup");
        _attached = terminal.Events.Attach(new LogSink(Log));
    }

    /// <summary>For what is no event.</summary>
    public Microsoft.Extensions.Logging.ILogger Log { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _attached.Dispose();
        _logs.Dispose();
        _file.Dispose();
    }

    /// <summary>Appends to a private file. The sink for files that comes with Serilog follows links, and keeps the permissions of a file that exists.</summary>
    private sealed class PrivateFileSink(ITextFormatter formatter, string path) : ILogEventSink, IDisposable
    {
        private readonly StreamWriter _lines = new(PrivateFile.OpenToAppend(path)) { AutoFlush = true };
        private readonly Lock _writing = new();

        public void Emit(LogEvent logEvent)
        {
            lock (_writing)
            {
                formatter.Format(logEvent, _lines);
            }
        }

        public void Dispose() => _lines.Dispose();
    }

    /// <summary>Removes the secrets of the plan from every entry, and makes visible what is not.</summary>
    private sealed class WithoutSecrets(ITextFormatter formatter, Func<Redaction> redaction) : ITextFormatter
    {
        public void Format(LogEvent logEvent, TextWriter output)
        {
            using var line = new StringWriter();
            formatter.Format(logEvent, line);
            output.WriteLine(SafeText.Of(redaction().Apply(line.ToString())));
            if (logEvent.Exception is { } exception)
            {
                output.WriteLine(SafeText.OfTrace(redaction().Apply(exception.ToString())));
            }
        }
    }
}
