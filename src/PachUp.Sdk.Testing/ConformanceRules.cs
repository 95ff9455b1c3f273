using PachUp.Sdk.Testing.Rules;

namespace PachUp.Sdk.Testing;

/// <summary>The names of the rules.</summary>
public static class ConformanceRules
{
    /// <summary>The host takes the plugin, and with it the plan: names have the form that plans and people expect.</summary>
    public const string PluginLoads = RuleNames.PluginLoads;

    /// <summary>Steps, checks and routes say what they are, and checks have a guide.</summary>
    public const string OffersAreDescribed = RuleNames.OffersAreDescribed;

    /// <summary>What a plan shows says what would happen to what, and what to do about it.</summary>
    public const string FindingsSayWhatToDo = RuleNames.FindingsSayWhatToDo;

    /// <summary>Showing a plan changes no cluster and writes no file.</summary>
    public const string PreviewWritesNothing = RuleNames.PreviewWritesNothing;

    /// <summary>A rehearsal changes no file outside its own directory: steps that write elsewhere do not declare themselves safe in a rehearsal.</summary>
    public const string RehearsalWritesNothing = RuleNames.RehearsalWritesNothing;

    /// <summary>The plan comes to its end, and all that was in the source is in the target as was foreseen, and nothing else.</summary>
    public const string NothingIsLost = RuleNames.NothingIsLost;

    /// <summary>Whatever arrives in another form, or not at all, is announced, item by item.</summary>
    public const string ChangesAreAnnounced = RuleNames.ChangesAreAnnounced;

    /// <summary>A step that was done, and whose end was not written down, is done again without harm.</summary>
    public const string StepsCanBeRepeated = RuleNames.StepsCanBeRepeated;

    /// <summary>A run that ended behind any record of its journal goes on to the same end.</summary>
    public const string InterruptionIsSurvived = RuleNames.InterruptionIsSurvived;

    /// <summary>A run that is rolled back leaves the source as it was, and no file behind.</summary>
    public const string RollbackGivesBack = RuleNames.RollbackGivesBack;

    /// <summary>A rewriter holds no more of a long stream in memory than of a short one.</summary>
    public const string RewriterStreams = RuleNames.RewriterStreams;

    /// <summary>What a rewriter sends has the order of an extract.</summary>
    public const string RewriterKeepsOrder = RuleNames.RewriterKeepsOrder;

    /// <summary>A step that fails says what it failed on, and what to do next.</summary>
    public const string FailuresNameThings = RuleNames.FailuresNameThings;
}
