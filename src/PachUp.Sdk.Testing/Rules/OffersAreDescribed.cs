using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.OffersAreDescribed"/>
internal sealed class OffersAreDescribed : Rule
{
    public override string Name => RuleNames.OffersAreDescribed;

    public override Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        var loaded = PluginUnderTest.Load(plugin.Folder);
        IReadOnlyList<string> mistakes =
        [
            .. loaded.Steps.Where(step => !Texts.IsSentence(step.Summary))
                .Select(step => $"the Summary of the step \"{step.Name}\" is not a sentence: \"{step.Summary}\""),
            .. loaded.Checks.SelectMany(MistakesOf),
            .. loaded.Routes.Where(route => route.AtLeast.Line != route.From)
                .Select(route => $"the oldest release of the route {route.From} -> {route.To}, {route.AtLeast}, has another line"),
        ];
        return mistakes.Count == 0
            ? Task.FromResult($"{loaded.Steps.Count()} steps, {loaded.Checks.Count()} checks and {loaded.Routes.Count()} routes")
            : throw new RuleBrokenException($"{string.Join("; ", mistakes)}. Write complete sentences that a tired reader understands.");
    }

    private static IEnumerable<string> MistakesOf(ICheck check)
    {
        var guide = check.Guide;
        (string Part, bool IsRight, string? Text)[] parts =
        [
            ("Question", check.Question.EndsWith('?'), check.Question),
            ("Guide.Why", Texts.IsSentence(guide.Why), guide.Why),
            ("Guide.WhenPassed", Texts.IsSentence(guide.WhenPassed), guide.WhenPassed),
            ("Guide.WhenWarned", guide.WhenWarned is null || Texts.IsSentence(guide.WhenWarned), guide.WhenWarned),
            ("Guide.WhenRefused", guide.WhenRefused is null || Texts.IsSentence(guide.WhenRefused), guide.WhenRefused),
        ];
        return parts.Where(part => !part.IsRight).Select(part => $"the {part.Part} of the check \"{check.Name}\" is \"{part.Text}\"");
    }
}
