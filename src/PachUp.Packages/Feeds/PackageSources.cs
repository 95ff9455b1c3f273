using System.Collections.Immutable;
using NuGet.Configuration;

namespace PachUp.Packages.Feeds;

/// <summary>
/// The sources of packages: those on the command line, or those in the NuGet.config files of the current directory, its parents, and the user.
/// Credentials come from NuGet: <c>packageSourceCredentials</c>, and environment variables <c>NuGetPackageSourceCredentials_NAME</c>.
/// </summary>
internal sealed class PackageSources
{
    private readonly PackageSourceMapping _mapping;

    private PackageSources(ISettings settings, ImmutableArray<PackageSource> all, bool areNamed)
    {
        (Settings, All, AreNamed) = (settings, all, areNamed);
        _mapping = PackageSourceMapping.GetPackageSourceMapping(settings);
    }

    /// <summary>The settings of NuGet.</summary>
    public ISettings Settings { get; }

    /// <summary>All sources.</summary>
    public ImmutableArray<PackageSource> All { get; }

    /// <summary>Whether they were named on the command line.</summary>
    public bool AreNamed { get; }

    /// <summary>Reads the settings.</summary>
    /// <param name="workingDirectory">The directory in which the search for NuGet.config starts.</param>
    /// <param name="named">The sources on the command line, by name, URL or folder; empty to use those of NuGet.config.</param>
    /// <exception cref="FeedException">A NuGet.config cannot be read, or a source cannot be used.</exception>
    public static PackageSources Load(string workingDirectory, IReadOnlyCollection<string> named)
    {
        try
        {
            var settings = NuGet.Configuration.Settings.LoadDefaultSettings(workingDirectory, configFileName: null, new XPlatMachineWideSetting());
            ImmutableArray<PackageSource> configured = [.. new PackageSourceProvider(settings).LoadPackageSources()];
            ImmutableArray<PackageSource> chosen = named.Count == 0
                ? [.. configured.Where(source => source.IsEnabled)]
                : [.. named.Select(name => Find(name, configured, workingDirectory))];
            foreach (var source in chosen)
            {
                ThrowIfUnusable(source);
            }

            return chosen.IsEmpty
                ? throw new FeedException("NuGet.config has no package source.", "Name a feed or a folder with --feed.")
                : new PackageSources(settings, chosen, named.Count > 0);
        }
        catch (NuGetConfigurationException e)
        {
            throw new FeedException($"The settings of NuGet cannot be read: {e.Message}", "Correct that file. \"dotnet nuget\" uses it too.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FeedException(
                $"The settings of NuGet cannot be read or created: {e.Message}", "NuGet keeps them in the home directory. Check the environment variable HOME.", e);
        }
    }

    /// <summary>The sources for a package: those on the command line, or those that the mapping in NuGet.config allows.</summary>
    public IEnumerable<PackageSource> For(string id)
    {
        if (AreNamed || !_mapping.IsEnabled)
        {
            return All;
        }

        var names = _mapping.GetConfiguredPackageSources(id);
        return All.Where(source => names.Contains(source.Name, StringComparer.OrdinalIgnoreCase));
    }

    private static PackageSource Find(string named, ImmutableArray<PackageSource> configured, string workingDirectory) =>
        configured.FirstOrDefault(source => string.Equals(source.Name, named, StringComparison.OrdinalIgnoreCase))
        ?? configured.FirstOrDefault(source => source.Source.TrimEnd('/') == named.TrimEnd('/'))
        ?? (IsUrl(named) ? new PackageSource(named) : new PackageSource(Path.GetFullPath(named, workingDirectory)));

    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && !uri.IsFile;

    private static void ThrowIfUnusable(PackageSource source)
    {
        if (source.IsLocal && !Directory.Exists(source.Source))
        {
            throw new FeedException(
                $"The source \"{source.Source}\" is not an existing folder, a URL, or the name of a source in NuGet.config.",
                "Correct --feed, or the source in NuGet.config.");
        }

        if (source is { IsHttp: true, IsHttps: false, AllowInsecureConnections: false } && !source.SourceUri.IsLoopback)
        {
            throw new FeedException(
                $"The source \"{source.Source}\" is not encrypted, so that packages could be replaced on the way.",
                "Use https, or say allowInsecureConnections=\"true\" for it in NuGet.config.");
        }

        if (!source.IsLocal && !source.IsHttp)
        {
            throw new FeedException($"The source \"{source.Source}\" is not supported.", "Name a folder, or an http or https URL.");
        }
    }
}
