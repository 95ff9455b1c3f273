using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>What can be read off an assembly without loading it.</summary>
internal sealed record AssemblyFacts
{
    /// <summary>Its own version, by which assemblies refer to it.</summary>
    public required Version Version { get; init; }

    /// <summary>Its version as its author gave it.</summary>
    public required string ProductVersion { get; init; }

    /// <summary>The assemblies that it was built against, with their versions.</summary>
    public required ImmutableDictionary<string, Version> References { get; init; }

    /// <summary>The runtime that it was built for; null where it does not say.</summary>
    public FrameworkName? Framework { get; init; }

    /// <summary>The processor that it was built for; null for any.</summary>
    public Architecture? Processor { get; init; }

    /// <summary>What its build noted down by name and value.</summary>
    public ImmutableDictionary<string, string> Notes { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What it uses of other assemblies.</summary>
    public ImmutableArray<UsedMember> Uses { get; init; } = [];

    /// <summary>Reads a file; null where it is no .NET assembly.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
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
        // Compilers refer to each assembly once; a file that was made otherwise may say anything, and the highest version counts.
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

    /// <summary>Code for any processor says "32 bit" as well, unless it needs that. Compiled ahead, it still holds what fits any.</summary>
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
