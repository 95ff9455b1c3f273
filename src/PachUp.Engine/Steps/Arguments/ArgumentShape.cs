using System.Collections.Immutable;
using System.Reflection;

namespace PachUp.Engine.Steps.Arguments;

/// <summary>The arguments that a step accepts in its <c>with:</c>, read from its record of arguments.</summary>
internal sealed class ArgumentShape
{
    private readonly Type _type;

    private ArgumentShape(Type type, ImmutableArray<ArgumentProperty> properties)
    {
        _type = type;
        Properties = properties;
    }

    /// <summary>The arguments in the order of their declaration.</summary>
    public ImmutableArray<ArgumentProperty> Properties { get; }

    /// <exception cref="ArgumentException">The type does not meet the requirements of <see cref="Sdk.IStep{TArguments}"/>.</exception>
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

    /// <summary>A record with its defaults. The caller has to set the required properties.</summary>
    public object CreateDefaults() => Activator.CreateInstance(_type)!;
}
