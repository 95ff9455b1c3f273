using McMaster.Extensions.CommandLineUtils;

namespace PachUp.Cli;

/// <summary>Writes the help and the version to standard output.</summary>
/// <param name="output">Standard output.</param>
internal sealed class HelpConsole(TextWriter output) : IConsole
{
    /// <inheritdoc/>
    public event ConsoleCancelEventHandler? CancelKeyPress
    {
        add { }
        remove { }
    }

    /// <inheritdoc/>
    public TextWriter Out => output;

    /// <inheritdoc/>
    public TextWriter Error => output;

    /// <inheritdoc/>
    public TextReader In => TextReader.Null;

    /// <inheritdoc/>
    public bool IsInputRedirected => true;

    /// <inheritdoc/>
    public bool IsOutputRedirected => true;

    /// <inheritdoc/>
    public bool IsErrorRedirected => true;

    /// <inheritdoc/>
    public ConsoleColor ForegroundColor { get; set; }

    /// <inheritdoc/>
    public ConsoleColor BackgroundColor { get; set; }

    /// <inheritdoc/>
    public void ResetColor()
    {
    }
}
