using System.Collections.Immutable;
using PachUp.Engine.Runs;
using PachUp.Sdk;

namespace PachUp.Engine.Plans;

/// <summary>
/// Takes the values of environment variables out of everything that steps and checks say, and puts the look-ups in their place. Every
/// variable that parameters or steps look up counts as a secret; addresses of clusters do not, since people have to read them.
/// </summary>
public sealed class Redaction
{
    /// <summary>Shorter values are no secrets, and would be found in the middle of words.</summary>
    private const int ShortestSecret = 4;

    private readonly ImmutableArray<KeyValuePair<string, string>> _lookups;

    /// <param name="variables">The names of the variables.</param>
    /// <param name="environment">Looks up a variable; null where it is not set.</param>
    internal Redaction(IReadOnlySet<string> variables, Func<string, string?> environment) => _lookups =
    [
        .. variables
            .Select(name => KeyValuePair.Create(environment(name) ?? "", $"${{env.{name}}}"))
            .Where(secret => secret.Key.Length >= ShortestSecret)
            .OrderByDescending(secret => secret.Key.Length)
            .ThenBy(secret => secret.Key, StringComparer.Ordinal),
    ];

    /// <summary>Whether there is nothing to take out.</summary>
    public bool IsEmpty => _lookups.IsEmpty;

    /// <summary>A text without secrets.</summary>
    public string Apply(string text) =>
        _lookups.Aggregate(text, (shown, secret) => shown.Replace(secret.Key, secret.Value, StringComparison.Ordinal));

    internal StepPreview Apply(StepPreview preview) => new(Apply(preview.Summary))
    {
        Effects = [.. preview.Effects.Select(effect => new Effect(effect.Verb, Apply(effect.Thing), Apply(effect.Detail)))],
        Notes = [.. preview.Notes.Select(Apply)],
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
}
