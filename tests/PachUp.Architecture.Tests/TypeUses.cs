using Mono.Cecil;
using Mono.Cecil.Cil;

namespace PachUp.Architecture.Tests;

/// <summary>
/// Which type of an assembly uses which, read from the compiled code: base types, interfaces, attributes, signatures, locals and instructions.
/// Constants are the exception: the compiler copies them to where they are used.
/// </summary>
public sealed class TypeUses
{
    private readonly HashSet<TypeUse> _uses = [];
    private readonly string _root;
    private PlacedType _user = new("", "");

    private TypeUses(string root) => _root = root;

    /// <summary>All uses between different types of one assembly. A nested type belongs to the type around it.</summary>
    /// <param name="path">The assembly; its name is the namespace of its root folder.</param>
    public static IReadOnlyCollection<TypeUse> Of(string path)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        var uses = new TypeUses(assembly.Name.Name);
        foreach (var type in assembly.MainModule.GetTypes().Where(type => uses.IsOwn(Outermost(type))))
        {
            uses._user = uses.PlaceOf(Outermost(type));
            uses.Add(type);
        }

        return uses._uses;
    }

    private void Add(TypeDefinition type)
    {
        Use(type.BaseType);
        Use(type.Interfaces.Select(implemented => implemented.InterfaceType));
        Use(type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType));
        UseAttributes(type);
        foreach (var field in type.Fields)
        {
            Use(field.FieldType);
            UseAttributes(field);
        }

        foreach (var method in type.Methods)
        {
            UseSignature(method);
            UseAttributes(method);
            Use(method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType));
            if (method.HasBody)
            {
                UseBody(method.Body);
            }
        }
    }

    private void UseBody(MethodBody body)
    {
        Use(body.Variables.Select(variable => variable.VariableType));
        Use(body.ExceptionHandlers.Select(handler => handler.CatchType));
        foreach (var operand in body.Instructions.Select(instruction => instruction.Operand))
        {
            switch (operand)
            {
                case TypeReference type:
                    Use(type);
                    break;
                case FieldReference field:
                    Use(field.DeclaringType);
                    Use(field.FieldType);
                    break;
                case MethodReference method:
                    Use(method.DeclaringType);
                    UseSignature(method);
                    Use(method is GenericInstanceMethod generic ? generic.GenericArguments : []);
                    break;
            }
        }
    }

    private void UseSignature(MethodReference method)
    {
        Use(method.ReturnType);
        Use(method.Parameters.Select(parameter => parameter.ParameterType));
    }

    private void UseAttributes(ICustomAttributeProvider provider)
    {
        foreach (var attribute in provider.CustomAttributes)
        {
            Use(attribute.AttributeType);
            Use(attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>());
        }
    }

    private void Use(IEnumerable<TypeReference?> types)
    {
        foreach (var type in types)
        {
            Use(type);
        }
    }

    private void Use(TypeReference? type)
    {
        if (type is GenericInstanceType generic)
        {
            Use(generic.GenericArguments);
        }

        if (type is IModifierType modifier)
        {
            Use(modifier.ModifierType);
        }

        if (type?.GetElementType() is not TypeDefinition used || !IsOwn(Outermost(used)))
        {
            return;
        }

        var place = PlaceOf(Outermost(used));
        if (place != _user)
        {
            _uses.Add(new TypeUse(_user, place));
        }
    }

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>Types without a namespace are the main program and what the compiler makes; the compiler puts attributes of its own elsewhere.</summary>
    private bool IsOwn(TypeDefinition type) => type.Namespace == _root || type.Namespace.StartsWith(_root + ".", StringComparison.Ordinal) || type.Name == "Program";

    private PlacedType PlaceOf(TypeDefinition type) =>
        new(type.Namespace.Length > _root.Length ? type.Namespace[(_root.Length + 1)..] : "", type.Name.Split('`')[0]);
}
