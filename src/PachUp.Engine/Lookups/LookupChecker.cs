using System.Text.RegularExpressions;
using PachUp.Engine.Yaml;

namespace PachUp.Engine.Lookups;

/// <summary>Reads texts with look-ups and reports look-ups that have no value.</summary>
internal sealed partial class LookupChecker(MistakeList mistakes, Func<string, string?> environment)
{
    /// <summary>The parsed text; null if it has an error, which is added to the mistakes.</summary>
    public TextTemplate? Read(PlanScalar scalar, LookupContext context)
    {
        try
        {
            var template = TextTemplate.Parse(scalar.Value);
            var wrong = template.Lookups.Count(lookup => !IsValid(lookup, scalar.PositionOf(lookup.Offset), context));
            return wrong == 0 && !ClimbsOut(scalar, template) ? template : null;
        }
        catch (TextTemplateException e)
        {
            mistakes.Add(scalar.PositionOf(e.Offset), e.Message, e.Expected);
            return null;
        }
    }

    private bool IsValid(Lookup lookup, PlanPosition position, LookupContext context)
    {
        if (!LookupScope.Roots.Contains(lookup.Root))
        {
            mistakes.AddUnknownName(position, $"\"{lookup}\" looks up \"{lookup.Root}\", which does not exist", lookup.Root, LookupScope.Roots);
            return false;
        }

        if (!context.Roots.Contains(lookup.Root))
        {
            mistakes.Add(position, $"\"{lookup}\" cannot be looked up in {context.Place}", Names.OneOf(context.Roots));
            return false;
        }

        return lookup.Path switch
        {
            [LookupScope.Parameters, var name] => IsNameOf("parameter of the plan", name, context.Parameters, lookup, position),
            [LookupScope.RunRoot, var name] => IsNameOf("value of the run", name, LookupScope.RunNames, lookup, position),
            [LookupScope.From or LookupScope.To, var name] => IsNameOf($"value of \"{lookup.Root}\"", name, LookupScope.ReleaseNames, lookup, position),
            [LookupScope.Env, var name] => IsUsableVariable(name, lookup, position, context),
            [LookupScope.Steps, var step, _] => IsEarlierStep(step, lookup, position, context),
            _ => HasWrongLength(lookup, position),
        };
    }

    /// <summary>A reader of the plan cannot see which directory <c>${run.directory}/../..</c> is.</summary>
    private bool ClimbsOut(PlanScalar scalar, TextTemplate template)
    {
        var climbs = template.Lookups.Any() && scalar.Value.Split('/', '\\').Contains("..");
        if (climbs)
        {
            mistakes.Add(scalar.Position, $"\"{scalar.Value}\" leaves the directory that it looks up", "a path without \"..\"");
        }

        return climbs;
    }

    private bool IsNameOf(string what, string name, IReadOnlyCollection<string> valid, Lookup lookup, PlanPosition position)
    {
        if (valid.Contains(name))
        {
            return true;
        }

        mistakes.AddUnknownName(position, $"\"{lookup}\" names no {what}", name, valid);
        return false;
    }

    private bool IsUsableVariable(string name, Lookup lookup, PlanPosition position, LookupContext context)
    {
        if (!VariableName().IsMatch(name))
        {
            mistakes.Add(position, $"\"{lookup}\" does not name an environment variable", "letters, digits and underscores");
            return false;
        }

        if (context.UnsetIsEmpty || environment(name) is not null)
        {
            return true;
        }

        mistakes.Add(position, $"the environment variable \"{name}\" is not set", "a value in the environment, or a parameter instead of the variable");
        return false;
    }

    private bool IsEarlierStep(string step, Lookup lookup, PlanPosition position, LookupContext context)
    {
        if (context.EarlierSteps.Contains(step))
        {
            return true;
        }

        if (context.LaterSteps.Contains(step))
        {
            mistakes.Add(position, $"\"{lookup}\" looks up step \"{step}\", which runs later", Names.OneOf(context.EarlierSteps));
            return false;
        }

        mistakes.AddUnknownName(position, $"\"{lookup}\" looks up step \"{step}\", which the plan does not have", step, context.EarlierSteps);
        return false;
    }

    private bool HasWrongLength(Lookup lookup, PlanPosition position)
    {
        var expected = lookup.Root == LookupScope.Steps ? "${steps.ID.OUTPUT}" : $"${{{lookup.Root}.NAME}}";
        mistakes.Add(position, $"\"{lookup}\" has {lookup.Path.Length} parts", expected);
        return false;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex VariableName();
}
