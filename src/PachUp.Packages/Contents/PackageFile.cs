using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml;
using NuGet.Frameworks;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Packages.Feeds;

namespace PachUp.Packages.Contents;

/// <summary>A package on disk whose entries were checked and are safe.</summary>
internal sealed class PackageFile : IDisposable
{
    private readonly NuspecReader _manifest;

    private PackageFile(PackageArchiveReader archive, string source, string sha512)
    {
        (Archive, Source, Sha512) = (archive, source, sha512);
        _manifest = archive.NuspecReader;
        Identity = _manifest.GetIdentity();
    }

    /// <summary>Its content.</summary>
    public PackageArchiveReader Archive { get; }

    /// <summary>The feed or folder that it came from.</summary>
    public string Source { get; }

    /// <summary>The SHA-512 of its content in base64, without the signature.</summary>
    public string Sha512 { get; }

    /// <summary>The id and version in its manifest.</summary>
    public PackageIdentity Identity { get; }

    /// <summary>Its id.</summary>
    public string Id => Identity.Id;

    /// <summary>Its version.</summary>
    public NuGetVersion Version => Identity.Version;

    /// <summary>Its id and version, for messages.</summary>
    public string Name => $"{Id} {Version.ToNormalizedString()}";

    /// <summary>The description by its authors.</summary>
    public PackageDescription Description => new(
        _manifest.GetAuthors(),
        _manifest.GetDescription(),
        _manifest.GetLicenseMetadata()?.License ?? "",
        _manifest.GetProjectUrl() ?? "");

    /// <summary>Its package types.</summary>
    public IEnumerable<string> Types => _manifest.GetPackageTypes().Select(type => type.Name);

    /// <summary>Its dependencies for the framework of plugins.</summary>
    public ImmutableArray<PackageDependency> Dependencies =>
        [.. NuGetFrameworkUtility.GetNearest(_manifest.GetDependencyGroups(), PluginFramework.Current)?.Packages ?? []];

    /// <summary>Opens a package.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="asked">The requested id and version.</param>
    /// <param name="source">The feed or folder that it came from.</param>
    /// <param name="limits">The largest allowed sizes.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="FeedException">The file is not a package, or is incomplete.</exception>
    /// <exception cref="PluginException">The file is another package, or is not safe.</exception>
    public static PackageFile Open(string path, PackageIdentity asked, string source, PackageLimits limits, CancellationToken cancellationToken)
    {
        var name = $"{asked.Id} {asked.Version.ToNormalizedString()}";
        PackageArchiveReader? archive = null;
        try
        {
            if (new FileInfo(path).Length > limits.PackedBytes)
            {
                throw SizeLimitedStream.TooLarge($"The package {name}", limits.PackedBytes);
            }

            using (var entries = ZipFile.OpenRead(path))
            {
                PackageSafety.ThrowIfUnsafe(entries, $"The package {name}", limits);
            }

            archive = new PackageArchiveReader(File.OpenRead(path));
            var package = new PackageFile(archive, source, archive.GetContentHash(cancellationToken, () => HashOf(path)));
            return package.Identity.Equals(asked)
                ? package
                : throw new PluginException(
                    $"The source \"{source}\" returned the package {package.Name} instead of {name}.", "Do not use this source. Ask its operator for an explanation.");
        }
        catch (Exception e) when (e is InvalidDataException or PackagingException or XmlException or EndOfStreamException or ArgumentException)
        {
            archive?.Dispose();
            throw new FeedException(
                $"The source \"{source}\" gave a file for {name} that is not a package or is incomplete: {e.Message}", "Try again, or ask the operator of that source.", e);
        }
        catch
        {
            archive?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Archive.Dispose();

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToBase64String(SHA512.HashData(file));
    }
}

/// <summary>The description of a package by its authors. Missing texts are empty.</summary>
/// <param name="Authors">The names of the authors.</param>
/// <param name="Text">The description.</param>
/// <param name="License">The license, as an SPDX expression or the name of a file.</param>
/// <param name="ProjectUrl">The URL of the project.</param>
public sealed record PackageDescription(string Authors, string Text, string License, string ProjectUrl);
