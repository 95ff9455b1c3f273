using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using PachUp.Common.Text;
using PachUp.Sdk;

namespace PachUp.Engine.Steps.Failing;

/// <summary>
/// Replaces secrets by their look-ups in all texts of steps, checks and servers. Secrets are the values of secret parameters, and of every
/// environment variable that parameters or steps look up. Addresses of clusters are not secret, because users have to read them. A secret is found
/// in plain text, in URLs and in JSON.
/// </summary>
public sealed class Redaction
{
    /// <summary>The shortest secret, in characters. Shorter values would match parts of other words.</summary>
    internal const int ShortestSecret = 4;

    private readonly Replacements _shown;
    private readonly Lazy<Replacements> _kept;
    private readonly Lazy<Replacements> _revealed;

    /// <param name="secrets">The secrets, each with its look-up: <c>${parameters.token}</c>.</param>
    internal Redaction(IEnumerable<(string Value, string Lookup)> secrets)
        : this(FormsOf(secrets))
    {
    }

    /// <remarks>Every command starts with a redaction without secrets, and most never store values, so what storing needs is made when it is used.</remarks>
    private Redaction(KeyValuePair<string, string>[] forms)
    {
        _shown = new Replacements(forms);
        _kept = new Lazy<Replacements>(() => new Replacements([.. forms, KeyValuePair.Create("${", "${}")]));
        _revealed = new Lazy<Replacements>(() => _kept.Value.Inverse());
    }

    /// <summary>A redaction without secrets.</summary>
    public static Redaction None { get; } = new(forms: []);

    /// <summary>Whether there are no secrets.</summary>
    public bool IsEmpty => _shown.IsEmpty;

    /// <summary>A text without secrets.</summary>
    public string Apply(string text) => _shown.Apply(text);

    internal StepPreview Apply(StepPreview preview) => new(Apply(preview.Summary))
    {
        Effects = [.. preview.Effects.Select(effect => new Effect(effect.Verb, Apply(effect.Thing), Apply(effect.Detail)))],
        Notes = [.. preview.Notes.Select(Apply)],
        Confirmation = preview.Confirmation is { } question ? Apply(question) : null,
    };

    /// <summary>The result without secrets. Its outputs are not changed, because later steps use them.</summary>
    internal StepResult Apply(StepResult result) => result with { Summary = Apply(result.Summary), Notes = [.. result.Notes.Select(Apply)] };

    internal StepProgress Apply(StepProgress progress) => progress with { Text = Apply(progress.Text) };

    internal CheckResult Apply(CheckResult result) => result with
    {
        Found = Apply(result.Found),
        Remedy = Apply(result.Remedy),
        Items = [.. result.Items.Select(Apply)],
    };

    /// <summary>The values without secrets, so that they can be stored. <see cref="Reveal"/> restores them.</summary>
    internal ImmutableSortedDictionary<string, string> Conceal(ImmutableSortedDictionary<string, string> values) => Change(values, _kept.Value);

    /// <summary>The original values from <see cref="Conceal"/>. A look-up that was part of an original value is not replaced.</summary>
    internal ImmutableSortedDictionary<string, string> Reveal(ImmutableSortedDictionary<string, string> values) => Change(values, _revealed.Value);

    /// <summary>Does the work and removes secrets from its failure.</summary>
    internal async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (Failures.Of(e) is { } failure && Texts(failure).Any(text => Apply(text) != text))
        {
            throw new StepFailedException(Apply(failure.Message), Apply(failure.Remedy)) { Kind = failure.Kind, Details = [.. failure.Details.Select(Apply)] };
        }
    }

    private static IEnumerable<string> Texts(StepFailedException failure) => [failure.Message, failure.Remedy, .. failure.Details];

    private static KeyValuePair<string, string>[] FormsOf(IEnumerable<(string Value, string Lookup)> secrets) =>
    [
        .. secrets
            .Where(secret => secret.Value.Length >= ShortestSecret)
            .OrderBy(secret => secret.Lookup, StringComparer.Ordinal)
            .SelectMany(secret => FormsOf(secret.Value, secret.Lookup))
            .DistinctBy(form => form.Key),
    ];

    /// <summary>The forms in which a secret can occur in a text. Each form has its own look-up, so that it can be restored.</summary>
    private static IEnumerable<KeyValuePair<string, string>> FormsOf(string value, string lookup)
    {
        KeyValuePair<string, string> As(string form, string text) => new(text, lookup.Replace("}", $"|{form}}}", StringComparison.Ordinal));

        var json = JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;
        return
        [
            new(value, lookup),
            As("url", Uri.EscapeDataString(value)),
            As("json", json),
            As("shown", SafeText.Of(value)),
            As("json-shown", SafeText.OfJson(json)),
            As("json-ascii", JsonEncodedText.Encode(value).Value),
        ];
    }

    private static ImmutableSortedDictionary<string, string> Change(ImmutableSortedDictionary<string, string> values, Replacements replacements) =>
        values.ToImmutableSortedDictionary(value => value.Key, value => replacements.Apply(value.Value), StringComparer.Ordinal);
}
