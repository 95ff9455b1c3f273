using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PachUp.Engine.Plugins;

/// <summary>What can be read off an assembly without loading it.</summary>
/// <param name="ContractVersion">The version of the contract that it was built against; null where it does not refer to it.</param>
internal sealed record AssemblyFacts(Version? ContractVersion)
{
    /// <summary>Reads a file; null where it is no .NET assembly.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AssemblyFacts? TryRead(string path, string contractName)
    {
        using var file = File.OpenRead(path);
        try
        {
            using var image = new PEReader(file);
            return image.HasMetadata ? ReadFrom(image.GetMetadataReader(), contractName) : null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private static AssemblyFacts? ReadFrom(MetadataReader metadata, string contractName)
    {
        if (!metadata.IsAssembly)
        {
            return null;
        }

        var references = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference);
        var contract = references.Where(reference => metadata.StringComparer.Equals(reference.Name, contractName)).Select(reference => reference.Version);
        return new AssemblyFacts(contract.FirstOrDefault());
    }
}
