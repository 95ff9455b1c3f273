namespace PachUp.Engine.Steps.Failing;

/// <summary>
/// The code of a plugin that is running now. A plugin can end the process without an exception; then the process can still name the plugin. Steps
/// run one after the other, so there is one activity at a time.
/// </summary>
public sealed class PluginActivity
{
    private volatile string? _current;

    /// <summary>What is running: <c>the step "pack/step" of "FILE"</c>; null if no code of a plugin is running.</summary>
    public string? Current => _current;

    /// <summary>Does the work and sets <see cref="Current"/> during it.</summary>
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
