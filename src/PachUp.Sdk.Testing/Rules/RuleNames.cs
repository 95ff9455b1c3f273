namespace PachUp.Sdk.Testing.Rules;

/// <summary>The names of the rules; <see cref="ConformanceRules"/> says what they are about.</summary>
internal static class RuleNames
{
    public const string PluginLoads = "plugin-loads";
    public const string OffersAreDescribed = "offers-are-described";
    public const string FindingsSayWhatToDo = "findings-say-what-to-do";
    public const string PreviewWritesNothing = "preview-writes-nothing";
    public const string RehearsalWritesNothing = "rehearsal-writes-nothing";
    public const string NothingIsLost = "nothing-is-lost";
    public const string ChangesAreAnnounced = "changes-are-announced";
    public const string StepsCanBeRepeated = "steps-can-be-repeated";
    public const string InterruptionIsSurvived = "interruption-is-survived";
    public const string RollbackGivesBack = "rollback-gives-back";
    public const string RewriterStreams = "rewriter-streams";
    public const string RewriterKeepsOrder = "rewriter-keeps-order";
    public const string FailuresNameThings = "failures-name-things";
}
