using System.Text;

namespace PachUp.Cli.Terminals;

/// <summary>
/// A writer that continues if its output is full or closed: work on clusters must not stop or fail because a message about it
/// cannot be printed.
/// </summary>
/// <param name="writer">The output.</param>
internal sealed class TolerantWriter(TextWriter writer) : TextWriter
{
    /// <summary>Why something could not be written; null if everything was written. After a failure it writes nothing more.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => writer.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => writer.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => writer.Write(value));

    /// <inheritdoc/>
    public override void Flush() => Try(writer.Flush);

    private void Try(Action write)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure = e;
        }
    }
}
