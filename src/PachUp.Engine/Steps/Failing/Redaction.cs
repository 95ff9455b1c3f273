using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using PachUp.Sdk;

namespace PachUp.Engine.Steps.Failing;

/// <summary>
/// Takes secrets out of everything that steps, checks and servers say, and puts look-ups in their place. Secrets are the values of secret
/// parameters, and of every environment variable that parameters or steps look up; addresses of clusters are none, since people have to read
/// them. A secret is found as it is, and as it stands in URLs and in JSON.
/// </summary>
public sealed class Redaction
{
    /// <summary>Shorter values would be found in the middle of words.</summary>
    internal const int ShortestSecret = 4;

    private readonly Replacements _shown;
    private readonly Replacements _kept;
    private readonly Replacements _revealed;

    /// <param name="secrets">The secrets, each with the look-up of it: <c>${parameters.token}</c>.</param>
    internal Redaction(IEnumerable<(string Value, string Lookup)> secrets)
    {
        KeyValuePair<string, string>[] forms =
        [
            .. secrets
                .Where(secret => secret.Value.Length >= ShortestSecret)
                .OrderBy(secret => secret.Lookup, StringComparer.Ordinal)
                .SelectMany(secret => FormsOf(secret.Value, secret.Lookup))
                .DistinctBy(form => form.Key),
        ];
        _shown = new Replacements(forms);
        _kept = new Replacements([.. forms, KeyValuePair.Create("${", "${}")]);
        _revealed = _kept.Inverse();
    }

    /// <summary>Nothing is secret.</summary>
    public static Redaction None { get; } = new([]);

    /// <summary>Whether there is nothing to take out.</summary>
    public bool IsEmpty => _shown.IsEmpty;

    /// <summary>A text without secrets.</summary>
    public string Apply(string text) => _shown.Apply(text);

    internal StepPreview Apply(StepPreview preview) => new(Apply(preview.Summary))
    {
        Effects = [.. preview.Effects.Select(effect => new Effect(effect.Verb, Apply(effect.Thing), Apply(effect.Detail)))],
        Notes = [.. preview.Notes.Select(Apply)],
        Confirmation = preview.Confirmation is { } question ? Apply(question) : null,
    };

    /// <summary>Outputs stay as they are: later steps work with them.</summary>
    internal StepResult Apply(StepResult result) => result with { Summary = Apply(result.Summary), Notes = [.. result.Notes.Select(Apply)] };

    internal StepProgress Apply(StepProgress progress) => progress with { Text = Apply(progress.Text) };

    internal CheckResult Apply(CheckResult result) => result with
    {
        Found = Apply(result.Found),
        Remedy = Apply(result.Remedy),
        Items = [.. result.Items.Select(Apply)],
    };

    /// <summary>Values as they may be written down, for <see cref="Reveal"/> to make them what they were.</summary>
    internal ImmutableSortedDictionary<string, string> Conceal(ImmutableSortedDictionary<string, string> values) => Change(values, _kept);

    /// <summary>Values that were written down, as they were. A look-up that stood in them from the start stays one.</summary>
    internal ImmutableSortedDictionary<string, string> Reveal(ImmutableSortedDictionary<string, string> values) => Change(values, _revealed);

    /// <summary>Does something whose failure may hold secrets.</summary>
    internal async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (Failures.Of(e) is { } failure && Apply(failure.Message + failure.Remedy) != failure.Message + failure.Remedy)
        {
            throw new StepFailedException(Apply(failure.Message), Apply(failure.Remedy)) { Kind = failure.Kind };
        }
    }

    /// <summary>How a secret may stand in a text. Each form has a look-up of its own, so that it can be made what it was.</summary>
    private static IEnumerable<KeyValuePair<string, string>> FormsOf(string value, string lookup)
    {
        KeyValuePair<string, string> As(string form, string text) => new(text, lookup.Replace("}", $"|{form}}}", StringComparison.Ordinal));

        return
        [
            new(value, lookup),
            As("url", Uri.EscapeDataString(value)),
            As("json", JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value),
            As("json-ascii", JsonEncodedText.Encode(value).Value),
        ];
    }

    private static ImmutableSortedDictionary<string, string> Change(ImmutableSortedDictionary<string, string> values, Replacements replacements) =>
        values.ToImmutableSortedDictionary(value => value.Key, value => replacements.Apply(value.Value), StringComparer.Ordinal);
}
