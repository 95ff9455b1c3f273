using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.Versioning;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>The attributes of an assembly that describe its build, read without loading it.</summary>
/// <param name="Framework">The value of <see cref="TargetFrameworkAttribute"/>; null if it is missing or cannot be parsed.</param>
/// <param name="ProductVersion">The product version, without the commit that the compiler appends; null if it is missing.</param>
/// <param name="Notes">The values of <see cref="AssemblyMetadataAttribute"/>, by key.</param>
internal sealed record AssemblyAttributes(FrameworkName? Framework, string? ProductVersion, ImmutableDictionary<string, string> Notes)
{
    /// <summary>The first two bytes of the value of every attribute (ECMA-335, II.23.3).</summary>
    private const ushort Prolog = 1;

    public static AssemblyAttributes Read(MetadataReader metadata)
    {
        FrameworkName? framework = null;
        string? productVersion = null;
        var notes = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var attribute in metadata.GetAssemblyDefinition().GetCustomAttributes().Select(metadata.GetCustomAttribute))
        {
            switch (TypeNameOf(attribute, metadata))
            {
                case nameof(TargetFrameworkAttribute):
                    framework = Parse(TextsOf(attribute, metadata, 1)[0]);
                    break;
                case nameof(AssemblyInformationalVersionAttribute):
                    productVersion = TextsOf(attribute, metadata, 1)[0]?.Split('+')[0];
                    break;
                case nameof(AssemblyMetadataAttribute) when TextsOf(attribute, metadata, 2) is [{ } name, { } value]:
                    notes[name] = value;
                    break;
            }
        }

        return new AssemblyAttributes(framework, productVersion, notes.ToImmutable());
    }

    private static string? TypeNameOf(CustomAttribute attribute, MetadataReader metadata) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor) is { Parent.Kind: HandleKind.TypeReference } constructor
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)constructor.Parent).Name)
            : null;

    /// <summary>The first <paramref name="count"/> arguments of an attribute, which are texts.</summary>
    private static string?[] TextsOf(CustomAttribute attribute, MetadataReader metadata, int count)
    {
        var value = metadata.GetBlobReader(attribute.Value);
        return value.ReadUInt16() == Prolog
            ? [.. Enumerable.Range(0, count).Select(_ => value.ReadSerializedString())]
            : throw new BadImageFormatException("The value of an attribute does not start with the prolog 1.");
    }

    private static FrameworkName? Parse(string? text)
    {
        try
        {
            return text is null ? null : new FrameworkName(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
