using PachUp.Sdk.Testing.Stages;

namespace PachUp.Sdk.Testing.Rules;

/// <summary>A run that ended in the middle and went on.</summary>
internal static class ResumedRun
{
    /// <summary>Ends a run, goes on with it, and compares with what it would have come to.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="undisturbed">What it would have come to.</param>
    /// <param name="crash">Ends it.</param>
    /// <param name="what">What was done to it, for messages.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RuleBrokenException">It came to something else.</exception>
    public static async Task CompareAsync(
        Trial plugin, UndisturbedRun undisturbed, CrashingJournal crash, string what, CancellationToken cancellationToken)
    {
        await using var stage = await Stage.StartAsync(plugin, cancellationToken);
        if (!await stage.CrashAsync(crash, cancellationToken))
        {
            // This time fewer records were written: the run came to its end.
            return;
        }

        UndisturbedRun.ThrowUnlessDone(await stage.ResumeAsync(cancellationToken), $"{what}; then it went on.");
        var difference = (await stage.EverythingAsync()).DifferenceTo(undisturbed.After);
        if (difference.Length > 0)
        {
            throw new RuleBrokenException(
                $"{what}; then it went on, and the end is another one:\n{difference}\nLet ExecuteAsync look what is there before it does something, and record in "
                + "checkpoints what it cannot see.");
        }
    }
}
