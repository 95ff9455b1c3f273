using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PachUp.Engine.Plugins;

/// <summary>What can be read off an assembly without loading it.</summary>
/// <param name="References">The assemblies that it was built against, with their versions.</param>
internal sealed record AssemblyFacts(ImmutableDictionary<string, Version> References)
{
    /// <summary>Reads a file; null where it is no .NET assembly.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AssemblyFacts? TryRead(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            using var image = new PEReader(file);
            return image.HasMetadata ? ReadFrom(image.GetMetadataReader()) : null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private static AssemblyFacts? ReadFrom(MetadataReader metadata)
    {
        if (!metadata.IsAssembly)
        {
            return null;
        }

        // Compilers refer to each assembly once; a file that was made otherwise may say anything, and the highest version counts.
        var references = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).GroupBy(reference => metadata.GetString(reference.Name));
        return new AssemblyFacts(references.ToImmutableDictionary(named => named.Key, named => named.Max(reference => reference.Version)!));
    }
}
