using System.Collections.Immutable;
using PachUp.Engine.Lookups;
using PachUp.Engine.Steps;
using PachUp.Engine.Steps.Arguments;
using PachUp.Engine.Yaml;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads the steps of a plan and checks their arguments.</summary>
internal sealed class StepsReader(string file, MistakeList mistakes, LookupChecker lookups, StepCatalogue catalogue)
{
    public ImmutableArray<PlanStep> Read(MappingReader plan, LookupScope scope, ImmutableArray<string> parameters)
    {
        if (plan.RequiredList(PlanKeys.Steps, "a list of steps") is not { } list)
        {
            return [];
        }

        var ids = ReadIds(list);
        var steps = ImmutableArray.CreateBuilder<PlanStep>();
        for (var i = 0; i < ids.Length; i++)
        {
            var context = new LookupContext
            {
                Place = "a step",
                Roots = LookupScope.Roots,
                Parameters = parameters,
                EarlierSteps = [.. ids[..i].Where(id => id.Length > 0)],
                LaterSteps = ids[i..],
            };
            if (ReadStep(list.Items[i], ids[i], scope, context) is { } step)
            {
                steps.Add(step);
            }
        }

        return steps.ToImmutable();
    }

    /// <summary>The ids in the order of the list; an empty text for a step without a valid id.</summary>
    private ImmutableArray<string> ReadIds(PlanSequence list)
    {
        var seen = new Dictionary<string, PlanPosition>(StringComparer.Ordinal);
        return [.. list.Items.Select(item => item is PlanMapping step && step.Find(PlanKeys.Id) is PlanScalar id && IsUsable(id, seen) ? id.Value : "")];
    }

    private bool IsUsable(PlanScalar id, Dictionary<string, PlanPosition> seen)
    {
        if (!PlanKeys.ValidStepId().IsMatch(id.Value))
        {
            mistakes.Add(id.Position, $"\"{id.Value}\" cannot be the id of a step", "a lower-case letter, then lower-case letters, digits and dashes");
            return false;
        }

        if (!seen.TryAdd(id.Value, id.Position))
        {
            mistakes.Add(id.Position, $"the id \"{id.Value}\" is given twice, first in line {seen[id.Value].Line}", "an id for each step");
            return false;
        }

        return true;
    }

    private PlanStep? ReadStep(PlanNode node, string id, LookupScope scope, LookupContext context)
    {
        var owner = id.Length > 0 ? $"step \"{id}\"" : "the step";
        if (MappingReader.Open(node, owner, mistakes, PlanKeys.OfStep) is not { } reader)
        {
            return null;
        }

        reader.Required(PlanKeys.Id, "an id, unique in the plan");
        var with = reader.OptionalMapping(PlanKeys.With, "the arguments of the step: keys with values");
        if (ReadUses(reader) is not { } step)
        {
            return null;
        }

        if (with is null && reader.Has(PlanKeys.With))
        {
            return null;
        }

        CheckArguments(step, with, reader.PositionOf(PlanKeys.Uses), scope, context);
        return new PlanStep(id, step, new ArgumentTemplate(file, step.Name, step.Shape, with, reader.PositionOf(PlanKeys.Uses)), reader.Position)
        {
            OnFailure = ReadOnFailure(reader),
        };
    }

    private FailureReaction ReadOnFailure(MappingReader reader)
    {
        const string Expected = "\"stop\" or \"rollback\"";
        if (reader.OptionalText(PlanKeys.OnFailure, Expected) is not { } reaction)
        {
            return FailureReaction.Stop;
        }

        if (reaction.Value is not ("stop" or "rollback"))
        {
            mistakes.Add(reaction.Position, $"\"{PlanKeys.OnFailure}\" is \"{reaction.Value}\"", Expected);
        }

        return reaction.Value == "rollback" ? FailureReaction.Rollback : FailureReaction.Stop;
    }

    private StepDescriptor? ReadUses(MappingReader reader)
    {
        if (reader.RequiredText(PlanKeys.Uses, "what the step does, such as \"pachyderm/extract\"") is not { } uses)
        {
            return null;
        }

        if (!catalogue.TryGet(uses.Value, out var step))
        {
            mistakes.AddUnknownName(uses.Position, $"there is no step \"{uses.Value}\"", uses.Value, catalogue.Names);
        }

        return step;
    }

    /// <summary>Checks the types of the arguments that are known now. The others are checked when the step runs.</summary>
    private void CheckArguments(StepDescriptor step, PlanMapping? with, PlanPosition position, LookupScope scope, LookupContext context) =>
        new ArgumentBinder(step.Shape, step.Name, mistakes, scope, scalar => lookups.Read(scalar, context)?.Fill(scope.ValueOf)).Bind(with, position);
}
