using System.Collections.Immutable;

namespace PachUp.Sdk.Platforms;

/// <summary>
/// A platform that can run PachUp beside its clusters, in a process that continues when this process ends. Only one such process at a time works on a
/// cluster. It keeps its runs for the next process, so that a run can be resumed or rolled back.
/// </summary>
public interface IRemoteRunPlatform : IPlatform
{
    /// <summary>The full path of the directory for runs, as the process sees it. The directory stays when the process ends.</summary>
    string StateDirectory { get; }

    /// <summary>The full path of the plan file <see cref="RemoteRun.Plan"/>, as the process sees it.</summary>
    string PlanPath { get; }

    /// <summary>The cluster settings for the process, in place of the plan's under <c>with:</c>. It only reads.</summary>
    /// <exception cref="StepFailedException">A setting cannot work there, such as a file of this machine.</exception>
    Task<ImmutableSortedDictionary<string, string>> SettingsThereAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken);

    /// <summary>The active process, or else the last one. It only reads.</summary>
    /// <param name="settings">The plan's settings for the cluster, under <c>with:</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The process; null if there was none or nothing of it is left.</returns>
    Task<RemoteProcess?> FindAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken);

    /// <summary>Describes what starting a process would create. It only reads.</summary>
    /// <exception cref="StepFailedException">It would be refused, for example because a permission is missing.</exception>
    Task<RemotePreview> PreviewAsync(RemoteRun run, CancellationToken cancellationToken);

    /// <summary>Creates what a process needs, and starts it. Returns at once; the process may start later.</summary>
    /// <exception cref="StepFailedException">It cannot be started, or another process was started in the meantime.</exception>
    Task<RemoteProcess> StartAsync(RemoteRun run, CancellationToken cancellationToken);

    /// <summary>Follows a process until it ends. If following is cancelled, the process continues.</summary>
    /// <param name="process">The process.</param>
    /// <param name="startTimeout">How long the process may take to start.</param>
    /// <param name="onLine">Called once for each line that the process writes, in order.</param>
    /// <param name="onNotice">Called with news about the process for the user, such as why it does not start.</param>
    /// <param name="cancellationToken">Stops following.</param>
    /// <exception cref="StepFailedException">It did not start in time, or does not exist any more; the message gives the known reason.</exception>
    Task<RemoteEnd> FollowAsync(
        RemoteProcess process, TimeSpan startTimeout, Action<string> onLine, Action<string> onNotice, CancellationToken cancellationToken);

    /// <summary>
    /// Carries out a command that reads the runs of the processes, and removes what it created for that. It may work beside a process. If it is cancelled, it
    /// removes that as well.
    /// </summary>
    /// <param name="reading">The command.</param>
    /// <param name="startTimeout">How long it may take to start.</param>
    /// <param name="onLine">Called once for each line that the command writes, in order.</param>
    /// <param name="onNotice">Called with news for the user, such as why it does not start.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">There are no runs, or it did not start in time; the message gives the known reason.</exception>
    Task<RemoteEnd> ReadAsync(
        RemoteReading reading, TimeSpan startTimeout, Action<string> onLine, Action<string> onNotice, CancellationToken cancellationToken);
}
