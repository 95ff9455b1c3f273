using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Engine.Plugins;
using PachUp.Engine.Steps;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Finds the file of a plan by its path, by its name, or by its file name without the extension.</summary>
/// <param name="steps">The available steps. Their traits tell what a plan does to its clusters.</param>
/// <param name="folders">The folders with shipped plans: first the tool's, then those of plugins. A folder may be missing.</param>
public sealed class PlanFinder(StepCatalogue steps, params IEnumerable<string> folders)
{
    private const string Ending = ".yaml";

    /// <summary>The folder of shipped plans beside the tool.</summary>
    public static string FolderBesideTool { get; } = Path.Combine(AppContext.BaseDirectory, "migration-plans");

    /// <summary>The plans that ship with the tool or with a plugin, by folder and then by name.</summary>
    public ImmutableArray<ShippedPlan> Shipped { get; } = [.. folders.SelectMany(folder => ReadShipped(folder, steps))];

    /// <summary>A finder for the folder beside the tool, and then the folders of plugins.</summary>
    public static PlanFinder For(Catalogue catalogue) =>
        new(catalogue.Steps, catalogue.Plugins.Select(plugin => plugin.PlanFolder).Prepend(FolderBesideTool));

    /// <summary>The path of a plan.</summary>
    /// <param name="argument">The path or name that the user gave.</param>
    /// <exception cref="PlanNotFoundException">There is no such file and no shipped plan with that name, or several plans have that name.</exception>
    public string Find(string argument)
    {
        if (File.Exists(argument))
        {
            return argument;
        }

        return Shipped.Where(plan => plan.Name == argument || FileNameOf(plan) == argument).ToList() switch
        {
            [var only] => only.Path,
            [] => throw new PlanNotFoundException(argument, [.. Shipped.Select(plan => plan.Name)], NearestTo(argument)),
            var several => throw new PlanNotFoundException(argument, [.. several.Select(plan => plan.Path)]),
        };
    }

    private string? NearestTo(string argument)
    {
        var nearest = NearestName.Of(Path.GetFileNameWithoutExtension(argument), Shipped.SelectMany(plan => new[] { plan.Name, FileNameOf(plan) }));
        return nearest ?? NearestName.Of(argument, Shipped.Select(plan => plan.Name));
    }

    private static string FileNameOf(ShippedPlan plan) => Path.GetFileNameWithoutExtension(plan.Path);

    private static ImmutableArray<ShippedPlan> ReadShipped(string folder, StepCatalogue steps) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*" + Ending).Select(path => ShippedPlanReader.Read(path, steps)).OrderBy(plan => plan.Name, StringComparer.Ordinal)]
        : [];
}

/// <summary>A plan that ships with the tool or with a plugin.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its description.</param>
/// <param name="Path">The path of its file.</param>
public sealed record ShippedPlan(string Name, string Description, string Path)
{
    /// <summary>Its purpose; null if the plan file does not have a valid one.</summary>
    public PlanPurpose? Purpose { get; init; }

    /// <summary>The line of the source; null for any.</summary>
    public ReleaseLine? FromLine { get; init; }

    /// <summary>The line of the target; null if it depends on the source.</summary>
    public ReleaseLine? ToLine { get; init; }

    /// <summary>Who cannot use the cluster while the plan is carried out.</summary>
    public Downtime Downtime { get; init; }
}

/// <summary>No plan has the path or name, or several plans have it.</summary>
public sealed class PlanNotFoundException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="argument">The path or name that was searched for.</param>
    /// <param name="known">The names of all shipped plans.</param>
    /// <param name="nearest">The most similar name; null for none.</param>
    public PlanNotFoundException(string argument, ImmutableArray<string> known, string? nearest)
        : base(
            $"There is no file \"{argument}\" and no shipped plan with that name. Give the path of a plan"
            + (known.IsEmpty ? "" : $", or {Names.OneOf(known)}")
            + (nearest is null ? "." : $"; did you mean \"{nearest}\"?"))
    {
        Argument = argument;
        Nearest = nearest;
    }

    /// <summary>Creates the exception for a name that several plans have.</summary>
    /// <param name="argument">The name that was searched for.</param>
    /// <param name="files">Their files.</param>
    public PlanNotFoundException(string argument, IReadOnlyCollection<string> files)
        : base($"More than one plan has the name \"{argument}\". Give the path of the plan: {Names.OneOf(files)}.") => Argument = argument;

    /// <summary>The path or name that was searched for.</summary>
    public string Argument { get; }

    /// <summary>The most similar name; null for none.</summary>
    public string? Nearest { get; }
}
