using System.Text;

namespace PachUp.Cli.Terminals;

/// <summary>
/// Goes on when what it writes to is full or gone: what is done to clusters must not stop, or end in another error, because a sentence about it
/// cannot be printed.
/// </summary>
/// <param name="writer">What it writes to.</param>
internal sealed class TolerantWriter(TextWriter writer) : TextWriter
{
    /// <summary>Why something could not be written; null if all was. Nothing more is written after a failure.</summary>
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
