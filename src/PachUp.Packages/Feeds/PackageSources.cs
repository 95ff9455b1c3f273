using System.Collections.Immutable;
using NuGet.Configuration;

namespace PachUp.Packages.Feeds;

/// <summary>
/// Where packages come from: what the command line names, else what NuGet.config says in the current directory, above it, and for the user.
/// Credentials are NuGet's own: <c>packageSourceCredentials</c>, and environment variables <c>NuGetPackageSourceCredentials_NAME</c>.
/// </summary>
internal sealed class PackageSources
{
    private readonly PackageSourceMapping _mapping;
    private readonly bool _areNamed;

    private PackageSources(ISettings settings, ImmutableArray<PackageSource> all, bool areNamed)
    {
        (Settings, All, _areNamed) = (settings, all, areNamed);
        _mapping = PackageSourceMapping.GetPackageSourceMapping(settings);
    }

    /// <summary>The settings of NuGet.</summary>
    public ISettings Settings { get; }

    /// <summary>All sources that may be asked.</summary>
    public ImmutableArray<PackageSource> All { get; }

    /// <summary>Reads the settings.</summary>
    /// <param name="workingDirectory">Where to begin to look for NuGet.config.</param>
    /// <param name="named">Sources that the command line names, by name, URL or folder; none for those of NuGet.config.</param>
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
                ? throw new FeedException("NuGet.config has no package source.", "Name a feed or a folder with --source.")
                : new PackageSources(settings, chosen, named.Count > 0);
        }
        catch (NuGetConfigurationException e)
        {
            throw new FeedException($"The settings of NuGet cannot be read: {e.Message}", "Correct that file, which \"dotnet nuget\" reads as well.", e);
        }
    }

    /// <summary>The sources that may be asked for a package: the mapping of NuGet.config says which, unless the command line does.</summary>
    public IEnumerable<PackageSource> For(string id)
    {
        if (_areNamed || !_mapping.IsEnabled)
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
                "Correct --source, or the source in NuGet.config.");
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
