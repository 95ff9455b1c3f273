using System.Collections.Concurrent;

namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>Keeps answers for some seconds, as long as this process changes nothing: the parts of a plan look at the same objects.</summary>
internal sealed class RecentAnswers
{
    /// <summary>The beginning of keys for what the user may do.</summary>
    public const string Rules = "rules ";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private static readonly string[] WithoutConsequences = ["Lease", "ConfigMap", "Pod"];

    private readonly ConcurrentDictionary<string, (object Answer, long At)> _answers = new(StringComparer.Ordinal);

    /// <summary>A kept answer; null if there is none.</summary>
    public object? Find(string key, TimeProvider time) =>
        _answers.TryGetValue(key, out var kept) && time.GetElapsedTime(kept.At) < Lifetime ? kept.Answer : null;

    /// <summary>Keeps an answer.</summary>
    public void Keep(string key, object answer, TimeProvider time) => _answers[key] = (answer, time.GetTimestamp());

    /// <summary>Forgets all objects. What the user may do does not change with them.</summary>
    public void ForgetAll()
    {
        foreach (var key in _answers.Keys.Where(key => !key.StartsWith(Rules, StringComparison.Ordinal)))
        {
            _answers.TryRemove(key, out _);
        }
    }

    /// <summary>Forgets what may have changed with an object of a kind: only its own kind if nothing follows from it, such as locks; else everything.</summary>
    public void Forget(string kind)
    {
        foreach (var key in _answers.Keys.Where(key => !WithoutConsequences.Contains(kind) || key.Contains($" {kind} ", StringComparison.Ordinal)))
        {
            _answers.TryRemove(key, out _);
        }
    }
}
