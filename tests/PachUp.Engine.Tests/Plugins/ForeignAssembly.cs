using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Versioning;

namespace PachUp.Engine.Tests.Plugins;

/// <summary>Writes assemblies that this build cannot compile: for another runtime, another processor or another contract.</summary>
internal sealed class ForeignAssembly
{
    private readonly PersistedAssemblyBuilder _assembly;
    private readonly ModuleBuilder _module;

    public ForeignAssembly(string name, string version = "1.0.0.0", string framework = ".NETCoreApp,Version=v10.0")
    {
        _assembly = new PersistedAssemblyBuilder(
            new AssemblyName(name) { Version = Version.Parse(version) }, typeof(object).Assembly, [AttributeOf<TargetFrameworkAttribute>(framework)]);
        _module = _assembly.DefineDynamicModule(name);
    }

    /// <summary>Adds an interface with one method without parameters, and returns that method.</summary>
    public MethodInfo AddInterface(string type, string method)
    {
        var builder = _module.DefineType(type, TypeAttributes.Public | TypeAttributes.Interface | TypeAttributes.Abstract);
        builder.DefineMethod(method, MethodAttributes.Public | MethodAttributes.Abstract | MethodAttributes.Virtual, typeof(void), Type.EmptyTypes);
        return builder.CreateType().GetMethod(method)!;
    }

    /// <summary>Adds a class with a method that calls another one.</summary>
    public ForeignAssembly Using(MethodInfo method)
    {
        var builder = _module.DefineType("User", TypeAttributes.Public);
        var code = builder.DefineMethod("Use", MethodAttributes.Public | MethodAttributes.Static, typeof(void), [method.DeclaringType!]).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Callvirt, method);
        code.Emit(OpCodes.Ret);
        builder.CreateType();
        return this;
    }

    /// <summary>Adds assembly metadata, like a build.</summary>
    public ForeignAssembly Noting(string name, string value)
    {
        _assembly.SetCustomAttribute(AttributeOf<AssemblyMetadataAttribute>(name, value));
        return this;
    }

    public void Save(string path, Machine machine = Machine.I386)
    {
        var metadata = _assembly.GenerateMetadata(out var code, out _);
        var image = new BlobBuilder();
        new ManagedPEBuilder(new PEHeaderBuilder(machine, imageCharacteristics: Characteristics.Dll), new MetadataRootBuilder(metadata), code).Serialize(image);
        File.WriteAllBytes(path, image.ToArray());
    }

    private static CustomAttributeBuilder AttributeOf<T>(params string[] arguments) =>
        new(typeof(T).GetConstructor([.. arguments.Select(_ => typeof(string))])!, arguments);
}
