using PachUp.Common.Text;
using PachUp.Engine.Lookups;
using PachUp.Engine.Yaml;

namespace PachUp.Engine.Steps.Arguments;

/// <summary>Creates the arguments of a step from its <c>with:</c>. It reports every mistake, not only the first.</summary>
/// <param name="shape">The arguments that the step accepts.</param>
/// <param name="owner">The name of the step for messages: <c>pachyderm/extract</c>.</param>
/// <param name="mistakes">Receives the mistakes.</param>
/// <param name="scope">Shows wrong values in messages without secrets.</param>
/// <param name="fill">The text of a value with its look-ups replaced; null if a look-up has no value yet.</param>
internal sealed class ArgumentBinder(ArgumentShape shape, string owner, MistakeList mistakes, LookupScope scope, Func<PlanScalar, string?> fill)
{
    /// <summary>Creates the arguments. Arguments whose values are not known yet keep their defaults.</summary>
    /// <param name="with">The arguments in the plan; null for none.</param>
    /// <param name="position">The position to report for missing arguments.</param>
    public object Bind(PlanMapping? with, PlanPosition position)
    {
        var arguments = shape.CreateDefaults();
        foreach (var entry in with?.Entries ?? [])
        {
            BindEntry(entry, arguments);
        }

        foreach (var missing in shape.Properties.Where(property => property.IsRequired && with?.Find(property.Name) is null))
        {
            mistakes.Add(position, $"\"{owner}\" needs the argument \"{missing.Name}\"", Describe(missing));
        }

        return arguments;
    }

    private void BindEntry(PlanEntry entry, object arguments)
    {
        if (shape.Find(entry.Key.Value) is not { } property)
        {
            string[] valid = [.. shape.Properties.Select(known => known.Name)];
            mistakes.AddUnknownName(entry.Key.Position, $"\"{owner}\" has no argument \"{entry.Key.Value}\"", entry.Key.Value, valid);
        }
        else if (property.IsList)
        {
            BindList(entry, property, arguments);
        }
        else if (Convert(entry.Value, property) is { } value)
        {
            property.SetValue(arguments, value);
        }
    }

    private void BindList(PlanEntry entry, ArgumentProperty property, object arguments)
    {
        if (entry.Value is not PlanSequence list)
        {
            mistakes.Add(entry.Value.Position, $"\"{property.Name}\" is {entry.Value.Kind}", Describe(property));
            return;
        }

        property.SetList(arguments, [.. list.Items.Select(item => Convert(item, property)).OfType<object>()]);
    }

    /// <summary>The value; null if it is wrong or not known yet.</summary>
    private object? Convert(PlanNode node, ArgumentProperty property)
    {
        if (node is not PlanScalar { IsNothing: false } scalar)
        {
            mistakes.Add(node.Position, $"\"{property.Name}\" is {node.Kind}", property.Scalar.Expected);
            return null;
        }

        if (fill(scalar) is not { } text)
        {
            return null;
        }

        var value = property.Scalar.Parse(text);
        if (value is null)
        {
            var nearest = NearestName.Of(text, property.Scalar.Choices);
            mistakes.Add(scalar.Position, $"\"{property.Name}\" is \"{scope.Print(scalar.Value)}\"", property.Scalar.Expected, nearest);
        }

        return value;
    }

    private static string Describe(ArgumentProperty property) =>
        property.IsList ? $"a list, each item {property.Scalar.Expected}" : property.Scalar.Expected;
}
