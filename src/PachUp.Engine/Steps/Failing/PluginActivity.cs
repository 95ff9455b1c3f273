namespace PachUp.Engine.Steps.Failing;

/// <summary>
/// What the code of plugins does at this moment. A plugin can end the process, and no exception tells of that; with this the process can say which
/// plugin it was. Steps run one after the other, so there is one activity at a time.
/// </summary>
public sealed class PluginActivity
{
    private volatile string? _current;

    /// <summary>What is being done: <c>the step "pack/step" of "FILE"</c>; null where no code of a plugin runs.</summary>
    public string? Current => _current;

    /// <summary>Does something, which is the current activity meanwhile.</summary>
    internal T During<T>(string what, Func<T> work) => DuringAsync(what, () => Task.FromResult(work())).GetAwaiter().GetResult();

    /// <inheritdoc cref="During"/>
    internal async Task<T> DuringAsync<T>(string what, Func<Task<T>> work)
    {
        _current = what;
        try
        {
            return await work();
        }
        finally
        {
            _current = null;
        }
    }
}
