namespace PachUp.Sdk.Testing;

/// <summary>The names of the rules.</summary>
public static class ConformanceRules
{
    /// <summary>The host takes the plugin, and with it the plan: names have the form that plans and people expect.</summary>
    public const string PluginLoads = "plugin-loads";

    /// <summary>Steps, checks and routes say what they are, and checks have a guide.</summary>
    public const string OffersAreDescribed = "offers-are-described";

    /// <summary>What a plan shows says what would happen to what, and what to do about it.</summary>
    public const string FindingsSayWhatToDo = "findings-say-what-to-do";

    /// <summary>Showing a plan changes no cluster and writes no file.</summary>
    public const string PreviewWritesNothing = "preview-writes-nothing";

    /// <summary>A rehearsal changes no file outside its own directory: steps that write elsewhere do not declare themselves safe in a rehearsal.</summary>
    public const string RehearsalWritesNothing = "rehearsal-writes-nothing";

    /// <summary>The plan comes to its end, and all that was in the source is in the target as was foreseen, and nothing else.</summary>
    public const string NothingIsLost = "nothing-is-lost";

    /// <summary>Whatever arrives in another form, or not at all, is announced, item by item.</summary>
    public const string ChangesAreAnnounced = "changes-are-announced";

    /// <summary>A step that was done, and whose end was not written down, is done again without harm.</summary>
    public const string StepsCanBeRepeated = "steps-can-be-repeated";

    /// <summary>A run that ended behind any record of its journal goes on to the same end.</summary>
    public const string InterruptionIsSurvived = "interruption-is-survived";

    /// <summary>A run that is rolled back leaves the source as it was, and no file behind.</summary>
    public const string RollbackGivesBack = "rollback-gives-back";

    /// <summary>A rewriter holds no more of a long stream in memory than of a short one.</summary>
    public const string RewriterStreams = "rewriter-streams";

    /// <summary>What a rewriter sends has the order of an extract.</summary>
    public const string RewriterKeepsOrder = "rewriter-keeps-order";

    /// <summary>A step that fails says what it failed on, and what to do next.</summary>
    public const string FailuresNameThings = "failures-name-things";
}
