using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace PachUp.Engine.Steps;

/// <summary>The kinds of steps that plans can use.</summary>
public sealed class StepCatalogue
{
    private readonly ImmutableSortedDictionary<string, StepDescriptor> _steps;

    /// <summary>Creates a catalogue.</summary>
    /// <exception cref="ArgumentException">Two steps have one name.</exception>
    public StepCatalogue(IEnumerable<StepDescriptor> steps) =>
        _steps = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, steps.Select(step => KeyValuePair.Create(step.Name, step)));

    /// <summary>All steps, by name.</summary>
    public IEnumerable<StepDescriptor> All => _steps.Values;

    /// <summary>The names of all steps, sorted.</summary>
    public ImmutableArray<string> Names => [.. _steps.Keys];

    /// <summary>The step of a name; false where there is none.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out StepDescriptor? step) => _steps.TryGetValue(name, out step);
}
