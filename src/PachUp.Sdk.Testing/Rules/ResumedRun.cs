using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <summary>Interrupts runs and resumes them.</summary>
internal static class ResumedRun
{
    /// <summary>Interrupts a run, resumes it, and compares the result with that of an undisturbed run.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="undisturbed">The undisturbed run.</param>
    /// <param name="crash">Interrupts the run.</param>
    /// <param name="what">What was done to the run, for messages.</param>
    /// <param name="cancellationToken">Stops the test.</param>
    /// <exception cref="RuleBrokenException">The results differ.</exception>
    public static async Task CompareAsync(
        Trial plugin, UndisturbedRun undisturbed, CrashingJournal crash, string what, CancellationToken cancellationToken)
    {
        await using var environment = await TestEnvironment.StartAsync(plugin, cancellationToken);
        if (!await environment.CrashAsync(crash, cancellationToken))
        {
            // This run wrote fewer records, so it finished.
            return;
        }

        UndisturbedRun.ThrowUnlessDone(await environment.ResumeAsync(cancellationToken), $"{what}; then it was resumed.");
        var difference = (await environment.EverythingAsync()).DifferenceTo(undisturbed.After);
        if (difference.Length > 0)
        {
            throw new RuleBrokenException(
                $"{what}; then it was resumed, but the result differs from that of an undisturbed run:\n{difference}\nLet ExecuteAsync look at what "
                    + "exists before it acts, and record in "
                  + "checkpoints what it cannot see.");
        }
    }
}
