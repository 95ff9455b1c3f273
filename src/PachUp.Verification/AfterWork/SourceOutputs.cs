using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Verification.Records;

namespace PachUp.Verification.AfterWork;

/// <summary>
/// The finished output of the source's pipelines at the time of the extract. The files of each head are in <see cref="RecordedFiles"/>.
/// </summary>
internal sealed record SourceOutputs
{
    /// <summary>The newest finished commit of every branch that a pipeline writes to.</summary>
    public ImmutableArray<OutputHead> Heads { get; init; } = [];

    /// <summary>The largest number of bytes of files to read.</summary>
    public long MostBytes { get; init; }

    /// <summary>How many files the heads have.</summary>
    public long Files { get; init; }

    /// <summary>The number of files beyond the byte limit, of which only size and tree hash are known.</summary>
    public long FilesNotRead { get; init; }

    /// <summary>The heads that the target has to reproduce after its workers have run.</summary>
    public IEnumerable<OutputHead> ToProve => Heads.Where(head => head.Kind != OutputKind.Outside);

    /// <summary>Reads what a run recorded; null if it recorded nothing.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public static SourceOutputs? TryRead(string runDirectory) => JsonFile.TryRead<SourceOutputs>(Path.Combine(runDirectory, RecordFiles.SourceOutputs));

    /// <summary>Writes it into the run directory.</summary>
    public void Write(string runDirectory) => JsonFile.Write(Path.Combine(runDirectory, RecordFiles.SourceOutputs), this);
}
