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

/// <summary>A package on disk whose entries were found harmless.</summary>
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

    /// <summary>SHA-512 of its content in base64, without the signature.</summary>
    public string Sha512 { get; }

    /// <summary>What it says it is.</summary>
    public PackageIdentity Identity { get; }

    /// <summary>Its id.</summary>
    public string Id => Identity.Id;

    /// <summary>Its version.</summary>
    public NuGetVersion Version => Identity.Version;

    /// <summary>Its id and version, for messages.</summary>
    public string Name => $"{Id} {Version.ToNormalizedString()}";

    /// <summary>What its authors say of it.</summary>
    public PackageDescription Description => new(
        _manifest.GetAuthors(),
        _manifest.GetDescription(),
        _manifest.GetLicenseMetadata()?.License ?? "",
        _manifest.GetProjectUrl() ?? "");

    /// <summary>The kinds that it is of.</summary>
    public IEnumerable<string> Types => _manifest.GetPackageTypes().Select(type => type.Name);

    /// <summary>What it needs where plugins run.</summary>
    public ImmutableArray<PackageDependency> Dependencies =>
        [.. NuGetFrameworkUtility.GetNearest(_manifest.GetDependencyGroups(), PluginFramework.Current)?.Packages ?? []];

    /// <summary>Opens a package.</summary>
    /// <param name="path">The file.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="limits">What it may be.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="FeedException">It is no package, or not a whole one.</exception>
    /// <exception cref="PluginException">It is another package, or one that could harm.</exception>
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
                    $"The source \"{source}\" gave {package.Name} when it was asked for {name}.", "Do not use that source until its operator has explained this.");
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

/// <summary>What the authors of a package say of it; texts are empty where they say nothing.</summary>
/// <param name="Authors">Who they are.</param>
/// <param name="Text">What it is for.</param>
/// <param name="License">Its license, as an SPDX expression or the name of a file.</param>
/// <param name="ProjectUrl">Where it is made.</param>
public sealed record PackageDescription(string Authors, string Text, string License, string ProjectUrl);
