using System.Collections.Immutable;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Engine.Plugins.Installing;

/// <summary>A plugin that was installed from a package: its entry in the lock file.</summary>
public sealed record InstalledPlugin
{
    /// <summary>The id of its package. Its folder and its main assembly have the same name.</summary>
    public required string Id { get; init; }

    /// <summary>The version of its package, normalized.</summary>
    public required string Version { get; init; }

    /// <summary>The SHA-512 of the package without its signature, in base64, like NuGet's <c>contentHash</c>.</summary>
    public required string Sha512 { get; init; }

    /// <summary>The <see cref="PluginFiles.Sha256"/> of the installed files.</summary>
    public required string FilesSha256 { get; init; }

    /// <summary>The feed or folder that the package came from.</summary>
    public required string Source { get; init; }

    /// <summary>Who signed the package, or <c>not signed</c>.</summary>
    public required string Signature { get; init; }

    /// <summary>When the plugin was installed.</summary>
    public required DateTimeOffset Installed { get; init; }

    /// <summary>The packages that it depends on and that were installed with it, by id.</summary>
    public ImmutableArray<InstalledDependency> Dependencies { get; init; } = [];
}

/// <summary>A package that was installed as a dependency of a plugin.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version, normalized.</param>
/// <param name="Sha512">SHA-512 of its content in base64, without the signature.</param>
/// <param name="Source">The feed or folder that it came from.</param>
public sealed record InstalledDependency(string Id, string Version, string Sha512, string Source);
