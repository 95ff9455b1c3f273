using System.Text;
using PachUp.Engine.Steps.Failing;

namespace PachUp.Cli.Terminals;

/// <summary>
/// Removes secrets from everything that is printed. The output of steps and checks has none already; this is for the rest: the
/// trace of a bug, a plugin that writes to the console by itself.
/// </summary>
/// <param name="writer">Where the rest goes.</param>
internal sealed class RedactingWriter(TextWriter writer) : TextWriter
{
    /// <summary>The secrets to remove; none until a plan was read.</summary>
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
