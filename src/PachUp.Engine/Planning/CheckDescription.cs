using System.Collections.Immutable;
using PachUp.Engine.Plugins;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>The description of a check, for users.</summary>
/// <param name="Name">The name, which plans use to accept its warnings.</param>
/// <param name="Question">The question that the check answers.</param>
/// <param name="Guide">More about the check.</param>
public sealed record CheckDescription(string Name, string Question, CheckGuide Guide)
{
    /// <summary>The pairs of lines for which the check runs, each as <c>1.8 -> 1.9</c>; empty if it runs for all.</summary>
    public ImmutableArray<string> Pairs { get; init; } = [];

    /// <summary>The purposes of plans for which the check runs; empty if it runs for all.</summary>
    public ImmutableArray<PlanPurpose> Purposes { get; init; } = [];

    /// <summary>All checks by name: those of the planner, the general ones, and those of the routes.</summary>
    public static ImmutableArray<CheckDescription> AllOf(Catalogue catalogue) =>
    [
        .. ReleaseChecks.All
            .Concat(catalogue.Checks.Select(check => Of(check)))
            .Concat(catalogue.Routes.SelectMany(route => route.Checks.Select(check => Of(check, $"{route.From} -> {route.To}"))))
            .GroupBy(check => check.Name, StringComparer.Ordinal)
            .Select(same => same.First() with { Pairs = [.. same.SelectMany(check => check.Pairs)] })
            .OrderBy(check => check.Name, StringComparer.Ordinal),
    ];

    private static CheckDescription Of(ICheck check, params ImmutableArray<string> pairs) =>
        new(check.Name, check.Question, check.Guide) { Pairs = pairs, Purposes = PurposesOf(check) };

    private static ImmutableArray<PlanPurpose> PurposesOf(ICheck check)
    {
        var all = Enum.GetValues<PlanPurpose>();
        ImmutableArray<PlanPurpose> about = [.. all.Where(check.IsAbout)];
        return about.Length == all.Length ? [] : about;
    }
}
