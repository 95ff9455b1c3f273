using System.Collections.Immutable;
using NuGet.Frameworks;
using NuGet.Packaging;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Packages.Contents;

/// <summary>What of a package becomes part of a plugin's folder.</summary>
/// <param name="package">The package.</param>
internal sealed class PackageContent(PackageFile package)
{
    /// <summary>What stands for a folder without files.</summary>
    private const string EmptyFolder = "_._";
    private const string Library = "lib";
    private const string Native = "native";
    private const string Runtimes = "runtimes";
    private const string Plans = "plans/";

    /// <summary>
    /// The files of a plugin's own package: all in the folder of its framework, what fits this machine, and its plans. Its main assembly is
    /// among them.
    /// </summary>
    /// <exception cref="PluginException">It is no plugin for this PachUp.</exception>
    public ImmutableArray<ContentFile> OfPlugin()
    {
        ImmutableArray<ContentFile> files = [.. OfLibrary(), .. OfRuntimes(), .. OfPlans()];
        var (main, contract) = (package.Id + ".dll", HostAssemblies.Contract + ".dll");
        if (files.Any(file => file.Path == contract))
        {
            throw new PluginException(
                $"{package.Name} contains its own copy of {contract}, so that this PachUp cannot load it.",
                "Tell its author: the package of a plugin must depend on the contract, and not contain it.");
        }

        return files.Any(file => file.Path == main)
            ? files
            : throw new PluginException(
                $"{package.Name} has no \"lib/{PluginFramework.Name}/{main}\", the main assembly of a plugin.",
                "Tell its author: the main assembly must have the name of the package.");
    }

    /// <summary>The files of a package that a plugin needs: its assemblies, and what fits this machine.</summary>
    /// <exception cref="PluginException">It has none for this framework or machine.</exception>
    public ImmutableArray<ContentFile> OfDependency() =>
        [.. OfLibrary().Where(file => Path.GetExtension(file.Path) == ".dll"), .. OfRuntimes()];

    private IEnumerable<ContentFile> OfLibrary()
    {
        var groups = package.Archive.GetLibItems().ToList();
        return NuGetFrameworkUtility.GetNearest(groups, PluginFramework.Current) is { } nearest
            ? nearest.Items.Where(IsFile).Select(entry => new ContentFile(entry, Below(entry, levels: 2)))
            : groups.Count == 0 ? []
            : throw new PluginException(
                $"{package.Name} is for {string.Join(", ", groups.Select(group => group.TargetFramework.GetShortFolderName()))}; "
                + $"plugins of this PachUp are for {PluginFramework.Name}.",
                "Install another version, or tell its author.");
    }

    /// <summary>Native libraries lie beside the assembly that calls them, where the loader looks for them.</summary>
    private IEnumerable<ContentFile> OfRuntimes()
    {
        var entries = package.Archive.GetFiles(Runtimes).Where(IsFile).ToList();
        ThrowIfNothingFits(entries);
        return
        [
            .. Best(entries, Native).Select(entry => new ContentFile(entry, Below(entry, levels: 3))),
            .. NearestOf(Best(entries, Library)).Select(entry => new ContentFile(entry, Below(entry, levels: 4)) { ReplacesLibrary = true }),
        ];
    }

    private void ThrowIfNothingFits(List<string> entries)
    {
        var natives = entries.Where(entry => PartOf(entry, 2) == Native).ToList();
        if (natives.Count > 0 && Best(natives, Native).Count == 0)
        {
            throw new PluginException(
                $"{package.Name} has native parts for {string.Join(", ", natives.Select(entry => PartOf(entry, 1)).Distinct().Order(StringComparer.Ordinal))} "
                + $"and none for this machine ({RuntimeFolders.Fitting[0]}).",
                "Use the plugin on a machine of that kind, or tell its author.");
        }
    }

    private static List<string> Best(List<string> entries, string kind) => RuntimeFolders.Fitting
        .Select(runtime => entries.Where(entry => PartOf(entry, 1) == runtime && PartOf(entry, 2) == kind).ToList())
        .FirstOrDefault(found => found.Count > 0) ?? [];

    private static List<string> NearestOf(List<string> libraries)
    {
        var groups = libraries.GroupBy(entry => NuGetFramework.ParseFolder(PartOf(entry, 3))).Select(group => new FrameworkSpecificGroup(group.Key, group));
        return [.. NuGetFrameworkUtility.GetNearest(groups, PluginFramework.Current)?.Items ?? []];
    }

    private IEnumerable<ContentFile> OfPlans() => package.Archive.GetFiles()
        .Where(entry => entry.StartsWith(Plans, StringComparison.Ordinal) && entry.EndsWith(".yaml", StringComparison.Ordinal) && PartsOf(entry).Length == 2)
        .Select(entry => new ContentFile(entry, entry));

    private static bool IsFile(string entry) => !entry.EndsWith('/') && PartsOf(entry)[^1] != EmptyFolder;

    private static string Below(string entry, int levels) => string.Join('/', PartsOf(entry).Skip(levels));

    private static string PartOf(string entry, int level) => PartsOf(entry).ElementAtOrDefault(level) ?? "";

    private static string[] PartsOf(string entry) => entry.Split('/');
}

/// <summary>A file of a package that becomes one of a plugin's folder.</summary>
/// <param name="Entry">What the package calls it.</param>
/// <param name="Path">Where it goes, with forward slashes.</param>
internal sealed record ContentFile(string Entry, string Path)
{
    /// <summary>Whether it stands in for the file of the same name that is for every machine.</summary>
    public bool ReplacesLibrary { get; init; }
}
