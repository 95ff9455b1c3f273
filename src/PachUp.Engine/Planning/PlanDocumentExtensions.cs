using PachUp.Engine.Lookups;
using PachUp.Engine.Plans;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>Properties of a whole plan that its steps declare.</summary>
public static class PlanDocumentExtensions
{
    /// <summary>Whether the plan's extract step also extracts objects and tags.</summary>
    public static bool CarriesObjects(this PlanDocument plan) => plan.CarriesObjects(plan.Scope);

    /// <summary>The path to which the plan's extract step writes the archive, as far as it is known before the run; null if the plan extracts nothing.</summary>
    internal static string? ArchivePath(this PlanDocument plan, LookupScope scope) =>
        plan.Steps.Select(step => step.Arguments.ResolveForPreview(scope)).OfType<IWritesArchive>().FirstOrDefault()?.To;

    /// <summary>The migration options of the plan's restore step, as far as they are known before the clusters are asked.</summary>
    public static MigrationOptions Options(this PlanDocument plan) => plan.Options(plan.Scope);

    /// <inheritdoc cref="Options(PlanDocument)"/>
    internal static MigrationOptions Options(this PlanDocument plan, LookupScope scope) => new()
    {
        Outputs = plan.Steps.Select(step => step.Arguments.ResolveForPreview(scope)).OfType<IChoosesOutputs>().FirstOrDefault()?.Outputs ?? OutputChoice.Recompute,
        CarriesObjects = plan.CarriesObjects(scope),
    };

    /// <summary>Whether a step of the plan copies the bucket of the source for the target.</summary>
    internal static bool CopiesBucket(this PlanDocument plan, LookupScope scope) =>
        plan.Steps.Select(step => step.Arguments.ResolveForPreview(scope)).OfType<ICopiesBucket>().Any(arguments => arguments.CopiesBucket);

    internal static bool CarriesObjects(this PlanDocument plan, LookupScope scope) =>
        plan.Steps.Select(step => step.Arguments.ResolveForPreview(scope)).OfType<IWritesArchive>().Any(arguments => arguments.Objects);
}
