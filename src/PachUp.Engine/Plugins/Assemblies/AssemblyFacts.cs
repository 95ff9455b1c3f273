using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>Facts about an assembly, read without loading it.</summary>
internal sealed record AssemblyFacts
{
    /// <summary>The assembly version, which references use.</summary>
    public required Version Version { get; init; }

    /// <summary>The product version, which the author chose.</summary>
    public required string ProductVersion { get; init; }

    /// <summary>The referenced assemblies, with their versions.</summary>
    public required ImmutableDictionary<string, Version> References { get; init; }

    /// <summary>The runtime that it was built for; null if unknown.</summary>
    public FrameworkName? Framework { get; init; }

    /// <summary>The processor that it was built for; null for any.</summary>
    public Architecture? Processor { get; init; }

    /// <summary>The metadata that its build added, by name.</summary>
    public ImmutableDictionary<string, string> Notes { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The types and members of other assemblies that it uses.</summary>
    public ImmutableArray<UsedMember> Uses { get; init; } = [];

    /// <summary>Reads a file; null if it is not a .NET assembly.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AssemblyFacts? TryRead(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            using var image = new PEReader(file);
            return image.HasMetadata && image.GetMetadataReader() is { IsAssembly: true } metadata ? ReadFrom(image.PEHeaders, metadata) : null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private static AssemblyFacts ReadFrom(PEHeaders headers, MetadataReader metadata)
    {
        // Compilers write one reference per assembly. If a file has several, the highest version counts.
        var references = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).GroupBy(reference => metadata.GetString(reference.Name));
        var version = metadata.GetAssemblyDefinition().Version;
        var attributes = AssemblyAttributes.Read(metadata);
        return new AssemblyFacts
        {
            Version = version,
            ProductVersion = attributes.ProductVersion ?? version.ToString(),
            References = references.ToImmutableDictionary(named => named.Key, named => named.Max(reference => reference.Version)!),
            Framework = attributes.Framework,
            Notes = attributes.Notes,
            Processor = ProcessorOf(headers),
            Uses = UsedMember.AllIn(metadata),
        };
    }

    /// <summary>Assemblies for any processor also have the machine type I386. They lack the flag Requires32Bit, or are compiled ahead of time and keep their IL.</summary>
    private static Architecture? ProcessorOf(PEHeaders headers) => (headers.CoffHeader.Machine, headers.CorHeader!.Flags) switch
    {
        (_, var flags) when !flags.HasFlag(CorFlags.ILOnly) => null,
        (Machine.I386, var flags) when flags.HasFlag(CorFlags.Requires32Bit) && !flags.HasFlag(CorFlags.Prefers32Bit) => Architecture.X86,
        (Machine.Amd64, _) => Architecture.X64,
        (Machine.Arm or Machine.ArmThumb2, _) => Architecture.Arm,
        (Machine.Arm64, _) => Architecture.Arm64,
        _ => null,
    };
}
