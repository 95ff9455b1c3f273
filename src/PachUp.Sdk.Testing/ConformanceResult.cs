namespace PachUp.Sdk.Testing;

/// <summary>The result of one rule for a plugin.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Outcome">Whether the plugin keeps the rule.</param>
/// <param name="Text">If kept: what was tested. If broken: what differed, where, and how to reproduce it. If not applicable: why.</param>
public sealed record ConformanceResult(string Rule, ConformanceOutcome Outcome, string Text);

/// <summary>The possible results of a rule.</summary>
public enum ConformanceOutcome
{
    /// <summary>The plugin keeps the rule.</summary>
    Kept,

    /// <summary>The plugin breaks the rule.</summary>
    Broken,

    /// <summary>The rule is about something that the plugin does not have.</summary>
    NotApplicable,
}

/// <summary>A plugin breaks a rule, or a rule wrongly counts as not applicable.</summary>
/// <param name="result">The result.</param>
public sealed class ConformanceException(ConformanceResult result) : Exception($"{result.Rule}: {result.Text}")
{
    /// <summary>The result.</summary>
    public ConformanceResult Result { get; } = result;
}
