using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PachUp.Sdk;

/// <summary>What a step would do.</summary>
/// <param name="Summary">One sentence, such as "Stops 3 pipelines".</param>
public sealed record StepPreview(string Summary)
{
    /// <summary>What would be touched, thing by thing; empty for a step that only looks.</summary>
    public ImmutableArray<Effect> Effects { get; init; } = [];

    /// <summary>What else a reader should know, sentence by sentence.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>
    /// A question that whoever applies the plan has to answer with yes before anything is done, such as "Has everybody been told?"; null for none.
    /// Nobody is asked in the middle of a run, when nobody may be there.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Confirmation { get; init; }
}

/// <summary>One thing that a step would touch.</summary>
/// <param name="Verb">What happens to it: <c>stop</c>, <c>create</c>, <c>write</c>, <c>leave out</c>.</param>
/// <param name="Thing">What it happens to: <c>pipeline edges</c>.</param>
/// <param name="Detail">More about it; empty for nothing.</param>
public sealed record Effect(string Verb, string Thing, string Detail = "");
