using PachUp.Engine.Lookups;
using PachUp.Engine.Plans;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>Questions about a plan as a whole that its steps answer.</summary>
public static class PlanQuestions
{
    /// <summary>Whether objects and tags travel in the stream: what the plan's extract step says.</summary>
    public static bool CarriesObjects(this PlanDocument plan) => plan.CarriesObjects(plan.Scope);

    /// <summary>Where the plan's extract step writes the archive, as far as it is known before there is a run; null for a plan that extracts nothing.</summary>
    internal static string? ArchivePath(this PlanDocument plan, LookupScope scope) =>
        plan.Steps.Select(step => step.Arguments.ResolveForPreview(scope)).OfType<IWritesArchive>().FirstOrDefault()?.To;

    /// <summary>What the plan chooses about the migration, as far as it is known before its clusters are: what its restore step says.</summary>
    public static MigrationOptions Options(this PlanDocument plan) => plan.Options(plan.Scope);

    /// <inheritdoc cref="Options(PlanDocument)"/>
    internal static MigrationOptions Options(this PlanDocument plan, LookupScope scope) => new()
    {
        Outputs = plan.Steps.Select(step => step.Arguments.ResolveForPreview(scope)).OfType<IChoosesOutputs>().FirstOrDefault()?.Outputs ?? OutputChoice.Recompute,
        CarriesObjects = plan.CarriesObjects(scope),
    };

    internal static bool CarriesObjects(this PlanDocument plan, LookupScope scope) =>
        plan.Steps.Select(step => step.Arguments.ResolveForPreview(scope)).OfType<IWritesArchive>().Any(arguments => arguments.Objects);
}
