using System.Collections.Immutable;
using System.Reflection;

namespace PachUp.Engine.Steps.Arguments;

/// <summary>What the <c>with:</c> of a step looks like, read off its record of arguments.</summary>
internal sealed class ArgumentShape
{
    private readonly Type _type;

    private ArgumentShape(Type type, ImmutableArray<ArgumentProperty> properties)
    {
        _type = type;
        Properties = properties;
    }

    /// <summary>In the order in which the record declares them.</summary>
    public ImmutableArray<ArgumentProperty> Properties { get; }

    /// <exception cref="ArgumentException">The type is not a record of the kind that <see cref="Sdk.IStep{TArguments}"/> asks for.</exception>
    public static ArgumentShape Of(Type type)
    {
        if (type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new ArgumentException($"\"{type.Name}\" cannot hold arguments: it needs a public constructor without parameters, and init-only properties");
        }

        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true });
        return new ArgumentShape(type, [.. properties.Select(ArgumentProperty.Of)]);
    }

    public ArgumentProperty? Find(string name) => Properties.FirstOrDefault(property => property.Name == name);

    /// <summary>A record with its defaults. Required properties are still to be set.</summary>
    public object CreateDefaults() => Activator.CreateInstance(_type)!;
}
