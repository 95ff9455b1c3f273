using PachUp.Engine.Plugins;

namespace PachUp.Engine.Steps.Failing;

/// <summary>
/// What code of plugins does at this moment, for the one thing that no exception tells of: that it ends the process. Steps are done one after
/// the other, so there is one such moment.
/// </summary>
public static class PluginActivity
{
    private static volatile string? _current;

    /// <summary>What is being done: <c>the step "pack/step" of "FILE"</c>; null where no such code runs.</summary>
    public static string? Current => _current;

    /// <summary>Does something and says so meanwhile.</summary>
    internal static T During<T>(string what, Func<T> work) => DuringAsync(what, () => Task.FromResult(work())).GetAwaiter().GetResult();

    /// <summary>Does something and says so meanwhile.</summary>
    internal static async Task<T> DuringAsync<T>(string what, Func<Task<T>> work)
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
