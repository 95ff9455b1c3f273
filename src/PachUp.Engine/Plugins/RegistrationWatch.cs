using PachUp.Common.Text;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Engine.Plugins;

/// <summary>
/// Waits for a plugin that registers what it offers, and gives up if it never will. On a machine with much other work everything takes long, so time alone
/// says nothing. What counts is how much the process worked meanwhile: a plugin that loops works much, and one that waits for something does not work at all.
/// </summary>
/// <param name="processorTime">The processor time of this process. While plugins are loaded, it does nothing else.</param>
internal sealed class RegistrationWatch(Func<TimeSpan> processorTime)
{
    /// <summary>The most processor time. Plugins need less than a second.</summary>
    internal static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    /// <summary>Less work than this in the time of <see cref="Looks"/> means that the plugin waits. A thread that has work gets more, whatever else runs.</summary>
    private static readonly TimeSpan Nothing = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan PauseOfProcess = TimeSpan.FromMilliseconds(100);

    /// <summary>How many looks in a row find no work before the watch gives up: at least 30 seconds. A process that was stopped did not look.</summary>
    private const int Looks = 300;

    /// <summary>The pause between two looks.</summary>
    internal TimeSpan Pause { get; init; } = PauseOfProcess;

    private const string Remedy = "Report this to the author of the plugin, or remove its folder.";

    /// <summary>Waits until the plugin has registered, or failed.</summary>
    /// <exception cref="PluginException">It loops or waits.</exception>
    public void Wait(Task registering)
    {
        var begun = processorTime();
        var (workedBefore, quietLooks) = (begun, 0);
        while (Task.WaitAny([registering], Pause) < 0)
        {
            var now = processorTime();
            if (now - begun > Most)
            {
                throw new PluginException($"The plugin used {Words.Duration(Most)} of processor time and did not register its steps.", Remedy);
            }

            (workedBefore, quietLooks) = now - workedBefore > Nothing ? (now, 0) : (workedBefore, quietLooks + 1);
            if (quietLooks == Looks)
            {
                throw new PluginException(
                    $"The plugin waits for something and did not register its steps: it did nothing for {Words.Duration(Looks * PauseOfProcess)}.", Remedy);
            }
        }
    }
}
