using System.Text;
using PachUp.Engine.Steps.Failing;

namespace PachUp.Cli.Terminals;

/// <summary>
/// Removes secrets from everything that is printed. Steps and checks do not print secrets; this is for everything else: the
/// stack trace of an internal error, or a plugin that writes to the console.
/// </summary>
/// <param name="writer">Receives the text without secrets.</param>
internal sealed class RedactingWriter(TextWriter writer) : TextWriter
{
    /// <summary>The secrets to remove; none before a plan is read.</summary>
    public Redaction Redaction { get; set; } = Redaction.None;

    /// <inheritdoc/>
    public override Encoding Encoding => writer.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => writer.Write(value);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value) => writer.Write(value is null ? null : Redaction.Apply(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + NewLine);

    /// <inheritdoc/>
    public override void Flush() => writer.Flush();
}
