using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Engine.Plugins;
using PachUp.Engine.Steps;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Finds the file of a plan: by its path, by its name, or by its file name without the ending.</summary>
/// <param name="steps">The steps that plans can use; they say what a plan does to its clusters.</param>
/// <param name="folders">Where plans with names are: those of the tool first, then those of plugins. A folder may be missing.</param>
public sealed class PlanFinder(StepCatalogue steps, params IEnumerable<string> folders)
{
    private const string Ending = ".yaml";

    /// <summary>The folder of shipped plans beside the tool.</summary>
    public static string FolderBesideTool { get; } = Path.Combine(AppContext.BaseDirectory, "migration-plans");

    /// <summary>The plans that ship with the tool or with a plugin, folder by folder, in each by name.</summary>
    public ImmutableArray<ShippedPlan> Shipped { get; } = [.. folders.SelectMany(folder => ReadShipped(folder, steps))];

    /// <summary>Looks beside the tool, then in the folders of plugins.</summary>
    public static PlanFinder For(Catalogue catalogue) =>
        new(catalogue.Steps, catalogue.Plugins.Select(plugin => plugin.PlanFolder).Prepend(FolderBesideTool));

    /// <summary>The path of a plan.</summary>
    /// <param name="argument">What the user gave.</param>
    /// <exception cref="PlanNotFoundException">There is no such file and no shipped plan of that name, or more than one.</exception>
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
        ? [.. Directory.EnumerateFiles(folder, "*" + Ending).Select(path => PlanHead.Read(path, steps)).OrderBy(plan => plan.Name, StringComparer.Ordinal)]
        : [];
}

/// <summary>A plan that ships with the tool or with a plugin.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Path">Its file.</param>
public sealed record ShippedPlan(string Name, string Description, string Path)
{
    /// <summary>What it does; null where it does not say so rightly.</summary>
    public PlanPurpose? Purpose { get; init; }

    /// <summary>The line that it starts from; null for any.</summary>
    public ReleaseLine? FromLine { get; init; }

    /// <summary>The line that it leads to; null where that depends on what it starts from.</summary>
    public ReleaseLine? ToLine { get; init; }

    /// <summary>For whom the cluster is away meanwhile.</summary>
    public Downtime Downtime { get; init; }
}

/// <summary>There is no plan of a path or name, or more than one.</summary>
public sealed class PlanNotFoundException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="argument">What was looked for.</param>
    /// <param name="known">The names that would have been found.</param>
    /// <param name="nearest">The one that was probably meant; null for none.</param>
    public PlanNotFoundException(string argument, ImmutableArray<string> known, string? nearest)
        : base(
            $"There is no file \"{argument}\" and no shipped plan of that name; give the path of a plan"
            + (known.IsEmpty ? "" : $", or {Names.OneOf(known)}")
            + (nearest is null ? "." : $"; did you mean \"{nearest}\"?"))
    {
        Argument = argument;
        Nearest = nearest;
    }

    /// <summary>Creates the exception for a name that several plans have.</summary>
    /// <param name="argument">What was looked for.</param>
    /// <param name="files">Their files.</param>
    public PlanNotFoundException(string argument, IReadOnlyCollection<string> files)
        : base($"More than one plan is called \"{argument}\"; give the path of {Names.OneOf(files)}.") => Argument = argument;

    /// <summary>What was looked for.</summary>
    public string Argument { get; }

    /// <summary>The name that was probably meant; null for none.</summary>
    public string? Nearest { get; }
}
