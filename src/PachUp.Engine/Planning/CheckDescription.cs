using System.Collections.Immutable;
using PachUp.Engine.Plugins;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>A check as people look it up.</summary>
/// <param name="Name">What it is accepted by.</param>
/// <param name="Question">What it asks.</param>
/// <param name="Guide">What there is to know about it.</param>
public sealed record CheckDescription(string Name, string Question, CheckGuide Guide)
{
    /// <summary>The pairs of lines that it is asked for, each as <c>1.8 -> 1.9</c>; empty where it is asked always.</summary>
    public ImmutableArray<string> Pairs { get; init; } = [];

    /// <summary>What the plans are for that it is asked for; empty where it is asked for all.</summary>
    public ImmutableArray<PlanPurpose> Purposes { get; init; } = [];

    /// <summary>All checks that there are, by name: those of the planner, those asked always, and those of the routes.</summary>
    public static ImmutableArray<CheckDescription> AllOf(Catalogue catalogue) =>
    [
        .. ReleaseQuestions.All
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
