using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NuGet.Common;
using NuGet.Frameworks;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Packaging.Signing;
using NuGet.Versioning;

namespace PachUp.PackageFeed;

/// <summary>A package for tests, made as NuGet makes them; what NuGet would never make is put in afterwards.</summary>
public sealed record TestPackage(string Id, string Version)
{
    private const string Framework = "net10.0";

    private ImmutableArray<(string Path, byte[] Content)> Files { get; init; } = [("readme.txt", "Only a test."u8.ToArray())];

    private ImmutableArray<PackageDependency> Dependencies { get; init; } = [];

    private ImmutableArray<(string Path, byte[] Content, int UnixMode)> RawEntries { get; init; } = [];

    private string? Type { get; init; }

    private X509Certificate2? Signer { get; init; }

    /// <summary>A plugin: a package whose main assembly is one of the little plugins that are built beside the tests.</summary>
    public static TestPackage OfPlugin(string plugin, string version = "1.0.0") => new TestPackage(plugin, version)
        .With($"lib/{Framework}/{plugin}.dll", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "TestPlugins", plugin, plugin + ".dll")))
        .Needs("PachUp.Sdk", "0.1.0");

    /// <summary>The same package with one more file.</summary>
    public TestPackage With(string path, byte[] content) => this with { Files = Files.Add((path, content)) };

    /// <summary>The same package with one more file.</summary>
    public TestPackage With(string path, string content) => With(path, Encoding.UTF8.GetBytes(content));

    /// <summary>The same package, needing another as well.</summary>
    public TestPackage Needs(string id, string range) => this with { Dependencies = Dependencies.Add(new PackageDependency(id, VersionRange.Parse(range))) };

    /// <summary>The same package, needing nothing.</summary>
    public TestPackage NeedsNothing() => this with { Dependencies = [] };

    /// <summary>The same package, of a type.</summary>
    public TestPackage OfType(string type) => this with { Type = type };

    /// <summary>The same package with an entry that has exactly that name, and a file type and mode as Unix has them.</summary>
    public TestPackage WithRawEntry(string path, byte[] content, int unixMode = 0) => this with { RawEntries = RawEntries.Add((path, content, unixMode)) };

    /// <summary>The same package, signed.</summary>
    public TestPackage SignedBy(X509Certificate2 signer) => this with { Signer = signer };

    /// <summary>Whether it says that it is of a type.</summary>
    public bool IsOfType(string type) => string.Equals(Type, type, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes it into a folder, under the name that folders of packages have.</summary>
    /// <returns>The file.</returns>
    public async Task<string> WriteToAsync(string folder)
    {
        var path = Path.Combine(folder, $"{Id}.{Version}.nupkg");
        await File.WriteAllBytesAsync(path, await BuildAsync());
        return path;
    }

    /// <summary>Makes it.</summary>
    public async Task<byte[]> BuildAsync()
    {
        var built = AddRawEntries(Build());
        return Signer is null ? built : await SignAsync(built, Signer);
    }

    private byte[] Build()
    {
        var builder = new PackageBuilder { Id = Id, Version = NuGetVersion.Parse(Version), Description = $"{Id} for tests" };
        builder.Authors.Add("Acme");
        builder.DependencyGroups.Add(new PackageDependencyGroup(NuGetFramework.Parse(Framework), Dependencies));
        if (Type is not null)
        {
            builder.PackageTypes.Add(new PackageType(Type, PackageType.EmptyVersion));
        }

        foreach (var (path, content) in Files)
        {
            builder.Files.Add(new PhysicalPackageFile(new MemoryStream(content)) { TargetPath = path });
        }

        using var stream = new MemoryStream();
        builder.Save(stream);
        return stream.ToArray();
    }

    private byte[] AddRawEntries(byte[] package)
    {
        using var stream = new MemoryStream();
        stream.Write(package);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var (path, content, unixMode) in RawEntries)
            {
                var entry = archive.CreateEntry(path);
                entry.ExternalAttributes = unixMode << 16;
                using var file = entry.Open();
                file.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Signs a package.</summary>
    public static async Task<byte[]> SignAsync(byte[] package, X509Certificate2 signer)
    {
        using var input = new MemoryStream(package);
        using var output = new MemoryStream();
        using var request = new AuthorSignPackageRequest(signer, HashAlgorithmName.SHA256);
        using var options = new SigningOptions(
            new Lazy<Stream>(() => input), new Lazy<Stream>(() => output), overwrite: false, new X509SignatureProvider(timestampProvider: null), NullLogger.Instance);
        await SigningUtility.SignAsync(options, request, CancellationToken.None);
        return output.ToArray();
    }
}
