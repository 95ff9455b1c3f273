using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PachUp.Sdk;

/// <summary>What a step would do.</summary>
/// <param name="summary">One sentence, such as "Stops 3 pipelines".</param>
public sealed class StepPreview(string summary)
{
    /// <summary>One sentence, such as "Stops 3 pipelines".</summary>
    public string Summary => summary;

    /// <summary>What would be changed, one by one; empty for a step that only reads.</summary>
    public ImmutableArray<Effect> Effects { get; init; } = [];

    /// <summary>More information for the reader, one sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>
    /// A question that the user has to answer with yes before anything is done, such as "Has everyone been told?"; null for none. It is asked before
    /// the
    /// run, because later the user may not be present.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Confirmation { get; init; }
}

/// <summary>One thing that a step would change.</summary>
/// <param name="verb">What happens to it: <c>stop</c>, <c>create</c>, <c>write</c>, <c>leave out</c>.</param>
/// <param name="thing">What it happens to: <c>pipeline edges</c>.</param>
/// <param name="detail">More about it; may be empty.</param>
public sealed class Effect(string verb, string thing, string detail = "")
{
    /// <summary>What happens to it: <c>stop</c>, <c>create</c>, <c>write</c>, <c>leave out</c>.</summary>
    public string Verb => verb;

    /// <summary>What it happens to: <c>pipeline edges</c>.</summary>
    public string Thing => thing;

    /// <summary>More about it; may be empty.</summary>
    public string Detail => detail;
}
