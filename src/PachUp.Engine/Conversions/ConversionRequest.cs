using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Verification.Backups;

namespace PachUp.Engine.Conversions;

/// <summary>Which archive to convert, and for which release.</summary>
public sealed record ConversionRequest
{
    /// <summary>The path of the archive.</summary>
    public required string Archive { get; init; }

    /// <summary>The release that the result is for.</summary>
    public required Release Target { get; init; }

    /// <summary>The path of the file to write.</summary>
    public required string Output { get; init; }

    /// <summary>The cluster that the archive came from. It supplies the pipeline fields that the extract leaves out; null for none.</summary>
    public PachdClient? PipelinesFrom { get; init; }

    /// <summary>The path of a saved inventory of the cluster that the archive came from. It has everything that the extract leaves out; null for none.</summary>
    public string? Inventory { get; init; }

    /// <summary>
    /// The names that must be free: the archive, and the files of a backup beside it. A file that another backup left there would be taken for a part of
    /// the new one.
    /// </summary>
    /// <param name="output">The path of the file to write.</param>
    public static IEnumerable<string> NamesFor(string output) => BackupFiles.Beside(output).Prepend(output);
}
