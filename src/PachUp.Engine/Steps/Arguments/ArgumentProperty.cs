using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace PachUp.Engine.Steps.Arguments;

/// <summary>One argument of a step: a property of the step's record of arguments.</summary>
internal sealed class ArgumentProperty
{
    private static readonly MethodInfo ToImmutable =
        typeof(ArgumentProperty).GetMethod(nameof(ToImmutableArray), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly PropertyInfo _property;
    private readonly Type _elementType;

    private ArgumentProperty(PropertyInfo property, Type elementType, ScalarType scalar, bool isList)
    {
        _property = property;
        _elementType = elementType;
        Scalar = scalar;
        IsList = isList;
        Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        IsRequired = property.GetCustomAttribute<RequiredMemberAttribute>() is not null;
        Description = DocumentationFile.SummaryOf(property);
    }

    /// <summary>The key in <c>with:</c>.</summary>
    public string Name { get; }

    /// <summary>The documentation of the property; empty if it has none.</summary>
    public string Description { get; }

    public bool IsRequired { get; }

    public bool IsList { get; }

    /// <summary>The kind of the value, or of each item of the list.</summary>
    public ScalarType Scalar { get; }

    /// <summary>Whether the value is text. A text can be shown before all its look-ups have values.</summary>
    public bool IsText => Scalar == ScalarType.Text;

    /// <exception cref="ArgumentException">A plan cannot contain a value of the property's type.</exception>
    public static ArgumentProperty Of(PropertyInfo property)
    {
        var element = ElementTypeOf(property.PropertyType);
        var valueType = element ?? property.PropertyType;
        return ScalarType.Of(valueType) is { } scalar
            ? new ArgumentProperty(property, valueType, scalar, element is not null)
            : throw new ArgumentException(
                $"the property \"{property.Name}\" of \"{property.DeclaringType?.Name}\" has the type {property.PropertyType.Name}, which a plan cannot contain; "
                + "use text, numbers, booleans, TimeSpan, Release, enums, or lists of these");
    }

    public object? DefaultOn(object arguments) => _property.GetValue(arguments);

    public void SetValue(object arguments, object value) => _property.SetValue(arguments, value);

    public void SetList(object arguments, IReadOnlyList<object> items)
    {
        if (IsImmutableArray(_property.PropertyType))
        {
            _property.SetValue(arguments, ToImmutable.MakeGenericMethod(_elementType).Invoke(null, [items]));
            return;
        }

        var array = Array.CreateInstance(_elementType, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            array.SetValue(items[i], i);
        }

        _property.SetValue(arguments, array);
    }

    /// <summary>The type of a list's items; null if the type is not a list.</summary>
    private static Type? ElementTypeOf(Type type) => type switch
    {
        { IsArray: true } => type.GetElementType(),
        { IsGenericType: true, GenericTypeArguments: [var element] }
            when IsImmutableArray(type) || type.IsAssignableFrom(element.MakeArrayType()) => element,
        _ => null,
    };

    private static bool IsImmutableArray(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);

    private static ImmutableArray<T> ToImmutableArray<T>(IReadOnlyList<object> items) => [.. items.Cast<T>()];
}
