using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace PachUp.Architecture.Tests;

/// <summary>The members that the compiled code of a project calls.</summary>
internal static class CalledMembers
{
    /// <summary>Each call, with the outermost type that makes it, once.</summary>
    public static IReadOnlyList<(string Type, MethodReference Member)> In(string project)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(ShippedAssembly.PathOf(project));
        return
        [
            .. assembly.MainModule.GetAllTypes()
                .SelectMany(type => type.Methods.Where(method => method.HasBody).Select(method => (Type: Outermost(type).FullName, method.Body)))
                .SelectMany(code => code.Body.Instructions.Select(instruction => (code.Type, Member: instruction.Operand as MethodReference)))
                .Where(call => call.Member is not null)
                .DistinctBy(call => (call.Type, call.Member!.FullName))
                .Select(call => (call.Type, call.Member!)),
        ];
    }

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
