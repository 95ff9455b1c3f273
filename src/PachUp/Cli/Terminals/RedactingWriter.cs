using System.Text;
using PachUp.Engine.Steps.Failing;

namespace PachUp.Cli.Terminals;

/// <summary>
/// Takes secrets out of everything that is printed. Steps and checks are kept from saying any already; this is for what nobody foresees: the
/// trace of a bug, a plugin that writes to the console by itself.
/// </summary>
/// <param name="writer">Where the rest goes.</param>
internal sealed class RedactingWriter(TextWriter writer) : TextWriter
{
    /// <summary>What is taken out; nothing until a plan was read.</summary>
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
