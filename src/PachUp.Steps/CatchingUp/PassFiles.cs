using System.Globalization;
using PachUp.Common.Files;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.LateWrites;

namespace PachUp.Steps.CatchingUp;

/// <summary>The files of one pass in the directory of the run. A pass that is interrupted continues with them, so that it decides the same again.</summary>
/// <param name="execution">The step.</param>
/// <param name="number">The number of the pass in the step, from 1.</param>
internal sealed class PassFiles(IStepExecution execution, int number)
{
    /// <summary>The name of the archive in the directory of each pass.</summary>
    private const string ArchiveName = "late.pachx";

    private readonly string _directory = Path.Combine(execution.RunDirectory, execution.StepId, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The name of the pass in the run.</summary>
    public string Name => PrefixOf(execution) + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number of the pass in the step.</summary>
    public int Number => number;

    /// <summary>The archive: the metadata of the source, and the objects and tags that were not sent before.</summary>
    public string Archive => Path.Combine(_directory, ArchiveName);

    private string Before => Path.Combine(_directory, "before.inventory.json");

    private string Source => Path.Combine(_directory, "source.inventory.json");

    private string Late => Path.Combine(_directory, "late-writes.json");

    private string Target => Path.Combine(_directory, "target.inventory.json");

    /// <summary>Whether a pass belongs to the step.</summary>
    public static bool IsOf(IStepExecution execution, CarriedPass pass) => pass.Name.StartsWith(PrefixOf(execution), StringComparison.Ordinal);

    /// <summary>The archives of all passes of a run, also of earlier catch-ups.</summary>
    public static IEnumerable<string> ArchivesOf(IStepExecution execution) =>
        Directory.EnumerateFiles(execution.RunDirectory, ArchiveName, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Writes what the pass decides by.</summary>
    public async Task WriteAsync(PassInput input, CancellationToken cancellationToken)
    {
        PrivateDirectory.Create(_directory);
        JsonFile.Write(Late, input.Late);
        await InventoryFile.WriteAsync(Before, input.Before, cancellationToken);
        await InventoryFile.WriteAsync(Source, input.Source, cancellationToken);
        await InventoryFile.WriteAsync(Target, input.Target, cancellationToken);
    }

    private static string PrefixOf(IStepExecution execution) => execution.StepId + "/";

    /// <summary>Reads what the pass decides by.</summary>
    /// <exception cref="FormatException">A file is damaged.</exception>
    public async Task<PassInput> ReadAsync(CancellationToken cancellationToken) => new(
        await InventoryFile.ReadAsync(Before, cancellationToken),
        await InventoryFile.ReadAsync(Source, cancellationToken),
        await InventoryFile.ReadAsync(Target, cancellationToken),
        JsonFile.TryRead<LateWriteReport>(Late) ?? throw new FormatException($"\"{Late}\" is missing"));
}

/// <summary>What a pass decides by.</summary>
/// <param name="Before">The source as it was carried so far.</param>
/// <param name="Source">The source as it has to be carried now.</param>
/// <param name="Target">The target before the pass.</param>
/// <param name="Late">What was written to the source between the two.</param>
internal sealed record PassInput(ClusterInventory Before, ClusterInventory Source, ClusterInventory Target, LateWriteReport Late);
