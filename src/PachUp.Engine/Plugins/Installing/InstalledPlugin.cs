using System.Collections.Immutable;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Engine.Plugins.Installing;

/// <summary>A plugin that was installed from a package, as the lock file says it.</summary>
public sealed record InstalledPlugin
{
    /// <summary>The id of its package, which is the name of its folder and of its main assembly as well.</summary>
    public required string Id { get; init; }

    /// <summary>The version of its package, normalized.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-512 of the package's content in base64, as NuGet writes <c>contentHash</c>: the signature is left out.</summary>
    public required string Sha512 { get; init; }

    /// <summary>See <see cref="PluginFiles.Sha256"/>: its files as they were installed.</summary>
    public required string FilesSha256 { get; init; }

    /// <summary>The feed or folder that the package came from.</summary>
    public required string Source { get; init; }

    /// <summary>Who signed the package, in words; <c>not signed</c>.</summary>
    public required string Signature { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Installed { get; init; }

    /// <summary>The packages that it needs and brought with it, by id.</summary>
    public ImmutableArray<InstalledDependency> Dependencies { get; init; } = [];
}

/// <summary>A package that a plugin brought with it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version, normalized.</param>
/// <param name="Sha512">SHA-512 of its content in base64, without the signature.</param>
/// <param name="Source">The feed or folder that it came from.</param>
public sealed record InstalledDependency(string Id, string Version, string Sha512, string Source);
