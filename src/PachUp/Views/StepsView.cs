using System.Collections.Immutable;
using System.Globalization;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Sdk;

namespace PachUp.Views;

/// <summary>Shows the steps of a plan: what each does, to what, and whether it can be undone.</summary>
internal static class StepsView
{
    public static void Write(Page page, ImmutableArray<PlannedStep> steps, ItemLimit limit)
    {
        page.Heading("Steps:");
        var number = 0;
        foreach (var step in steps)
        {
            number++;
            Write(page, number.ToString(CultureInfo.InvariantCulture).PadLeft(2) + ". ", step, limit);
        }
    }

    private static void Write(Page page, string lead, PlannedStep step, ItemLimit limit)
    {
        page.Hang(lead, Look.Heading(step.Id) + $" ({step.Uses}){UndoOf(step)}{ReactionOf(step)}");
        page.Line(step.Preview.Summary, level: 2);
        limit.Write([.. step.Preview.Effects.Select(Describe)], effect => page.Hang("- ", effect, level: 2));
        foreach (var note in step.Preview.Notes)
        {
            page.Line(note, level: 2);
        }

        if (step.Preview.Confirmation is { } question)
        {
            page.Hang("Asks first: ", question, level: 2);
        }
    }

    private static string UndoOf(PlannedStep step) => step switch
    {
        { IsRevertible: true } => ", can be undone",
        { Preview.Effects.IsEmpty: true } => "",
        _ => ", cannot be undone",
    };

    private static string ReactionOf(PlannedStep step) => step.OnFailure == FailureReaction.Rollback ? "; if it fails, the run is rolled back" : "";

    private static string Describe(Effect effect) =>
        effect.Detail.Length > 0 ? $"{effect.Verb} {effect.Thing}: {effect.Detail}" : $"{effect.Verb} {effect.Thing}";
}
