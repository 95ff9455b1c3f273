using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Verification.Records;

namespace PachUp.Verification.AfterWork;

/// <summary>What the pipelines of the source had finished when its state was taken out. The files of each head are in <see cref="RecordedFiles"/>.</summary>
internal sealed record SourceOutputs
{
    /// <summary>The newest finished commit of every branch that a pipeline writes to.</summary>
    public ImmutableArray<OutputHead> Heads { get; init; } = [];

    /// <summary>How many bytes of files were to be read at most.</summary>
    public long MostBytes { get; init; }

    /// <summary>How many files the heads have.</summary>
    public long Files { get; init; }

    /// <summary>How many files were over the budget, so that only their size and their hash in the tree are known.</summary>
    public long FilesNotRead { get; init; }

    /// <summary>The heads with files or a failed job behind them: what the target has to show after its workers ran.</summary>
    public IEnumerable<OutputHead> ToProve => Heads.Where(head => head.Kind != OutputKind.Outside);

    /// <summary>Reads what a run recorded; null where it recorded nothing.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public static SourceOutputs? TryRead(string runDirectory) => JsonFile.TryRead<SourceOutputs>(Path.Combine(runDirectory, RecordFiles.SourceOutputs));

    /// <summary>Writes it into the directory of a run.</summary>
    public void Write(string runDirectory) => JsonFile.Write(Path.Combine(runDirectory, RecordFiles.SourceOutputs), this);
}
