namespace PachUp.Sdk.Testing;

/// <summary>How a plugin stands to one rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Outcome">Whether it is kept.</param>
/// <param name="Text">What was looked at where it is kept; what differed, where, and how to see it again where it is not; why there was nothing to ask.</param>
public sealed record ConformanceResult(string Rule, ConformanceOutcome Outcome, string Text);

/// <summary>How a plugin can stand to a rule.</summary>
public enum ConformanceOutcome
{
    /// <summary>It keeps it.</summary>
    Kept,

    /// <summary>It does not.</summary>
    Broken,

    /// <summary>The rule is about something that the plugin does not have.</summary>
    NotApplicable,
}

/// <summary>A plugin does not keep a rule, or not for the reason that its tests give.</summary>
/// <param name="result">What was found.</param>
public sealed class ConformanceException(ConformanceResult result) : Exception($"{result.Rule}: {result.Text}")
{
    /// <summary>What was found.</summary>
    public ConformanceResult Result { get; } = result;
}
