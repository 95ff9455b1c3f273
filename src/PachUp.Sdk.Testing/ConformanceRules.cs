using PachUp.Sdk.Testing.Rules;

namespace PachUp.Sdk.Testing;

/// <summary>The names of the rules.</summary>
public static class ConformanceRules
{
    /// <summary>The host loads the plugin and its plan: all names have a valid form.</summary>
    public const string PluginLoads = RuleNames.PluginLoads;

    /// <summary>Steps, checks and routes describe themselves, and checks have a guide.</summary>
    public const string OffersAreDescribed = RuleNames.OffersAreDescribed;

    /// <summary>The plan tells what would happen to which thing; findings tell what to do.</summary>
    public const string FindingsSayWhatToDo = RuleNames.FindingsSayWhatToDo;

    /// <summary>Showing a plan changes no cluster and writes no file.</summary>
    public const string PreviewWritesNothing = RuleNames.PreviewWritesNothing;

    /// <summary>
    /// A rehearsal changes no file outside its own directory: steps that write elsewhere must not declare themselves safe in a rehearsal.
    /// </summary>
    public const string RehearsalWritesNothing = RuleNames.RehearsalWritesNothing;

    /// <summary>The plan finishes, and the target then contains exactly what was predicted from the source.</summary>
    public const string NothingIsLost = RuleNames.NothingIsLost;

    /// <summary>Everything that arrives changed, or does not arrive, is announced, item by item.</summary>
    public const string ChangesAreAnnounced = RuleNames.ChangesAreAnnounced;

    /// <summary>A step whose end was not recorded is done again without harm.</summary>
    public const string StepsCanBeRepeated = RuleNames.StepsCanBeRepeated;

    /// <summary>A run that was interrupted after any record of its journal can be resumed, with the same result.</summary>
    public const string InterruptionIsSurvived = RuleNames.InterruptionIsSurvived;

    /// <summary>A rollback restores the source as it was before, and leaves no file behind.</summary>
    public const string RollbackGivesBack = RuleNames.RollbackGivesBack;

    /// <summary>A rewriter needs no more memory for a long stream than for a short one.</summary>
    public const string RewriterStreams = RuleNames.RewriterStreams;

    /// <summary>A rewriter sends operations in the order of an extract.</summary>
    public const string RewriterKeepsOrder = RuleNames.RewriterKeepsOrder;

    /// <summary>A step that fails names the affected thing, and says what to do next.</summary>
    public const string FailuresNameThings = RuleNames.FailuresNameThings;
}
