using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>A type or member of another assembly that an assembly uses.</summary>
/// <param name="Assembly">The name of that assembly.</param>
/// <param name="Type">The full name of the type, as reflection writes it.</param>
/// <param name="Member">The name of its member; null for the type itself.</param>
/// <param name="Parameters">The number of parameters of a method; null for a field and for the type itself.</param>
internal sealed record UsedMember(string Assembly, string Type, string? Member = null, int? Parameters = null)
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>All types and members of other assemblies that an assembly uses.</summary>
    public static ImmutableArray<UsedMember> AllIn(MetadataReader metadata) =>
    [
        .. metadata.TypeReferences.Select(type => TryName(type, metadata)).OfType<UsedMember>(),
        .. metadata.MemberReferences.Select(metadata.GetMemberReference).Select(member => TryName(member, metadata)).OfType<UsedMember>(),
    ];

    /// <summary>Whether a loaded assembly has the type or member.</summary>
    /// <param name="assembly">The assembly.</param>
    public bool IsIn(Assembly assembly) => assembly.GetType(Type) is { } type && (Member is null || type.GetMember(Member, Any).Any(Fits));

    /// <inheritdoc/>
    public override string ToString() => Member is null ? Type : $"{Type}.{Member}";

    private bool Fits(MemberInfo member) => member is MethodBase method ? method.GetParameters().Length == Parameters : Parameters is null;

    private static UsedMember? TryName(MemberReference member, MetadataReader metadata)
    {
        if (TryGetType(member.Parent, metadata) is not { } type || TryName(type, metadata) is not { } used)
        {
            return null;
        }

        return used with { Member = metadata.GetString(member.Name), Parameters = CountParameters(member, metadata) };
    }

    private static UsedMember? TryName(TypeReferenceHandle handle, MetadataReader metadata)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference when TryName((TypeReferenceHandle)type.ResolutionScope, metadata) is { } outer => outer with { Type = $"{outer.Type}+{name}" },
            HandleKind.AssemblyReference => new UsedMember(
                metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name),
                type.Namespace.IsNil ? name : $"{metadata.GetString(type.Namespace)}.{name}"),
            _ => null,
        };
    }

    /// <summary>The type of a member, without type arguments; null for an array and for a type of the assembly itself.</summary>
    private static TypeReferenceHandle? TryGetType(EntityHandle parent, MetadataReader metadata)
    {
        if (parent.Kind != HandleKind.TypeSpecification)
        {
            return parent.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)parent : null;
        }

        var signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        signature.ReadCompressedInteger(); // Whether it is a class or a value type.
        var generic = signature.ReadTypeHandle();
        return generic.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)generic : null;
    }

    private static int? CountParameters(MemberReference member, MetadataReader metadata)
    {
        var signature = metadata.GetBlobReader(member.Signature);
        var header = signature.ReadSignatureHeader();
        if (header.Kind != SignatureKind.Method)
        {
            return null;
        }

        if (header.IsGeneric)
        {
            signature.ReadCompressedInteger(); // How many type parameters it has.
        }

        return signature.ReadCompressedInteger();
    }
}
