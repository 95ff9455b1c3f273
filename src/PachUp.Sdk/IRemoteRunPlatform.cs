using System.Collections.Immutable;

namespace PachUp.Sdk;

/// <summary>
/// A platform that can run PachUp beside its clusters, in a process that continues when this process ends. Only one such process at a time works on a
/// cluster. It keeps its runs for the next process, so that a run can be resumed or rolled back.
/// </summary>
public interface IRemoteRunPlatform : IPlatform
{
    /// <summary>Where the process finds its files.</summary>
    RemotePlaces Places { get; }

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
    /// <param name="listener">Receives what the process writes.</param>
    /// <param name="cancellationToken">Stops following.</param>
    /// <exception cref="StepFailedException">It did not start in time, or does not exist any more; the message gives the known reason.</exception>
    Task<RemoteEnd> FollowAsync(RemoteProcess process, TimeSpan startTimeout, IRemoteListener listener, CancellationToken cancellationToken);
}

/// <summary>Where a process beside the clusters finds its files: full paths, as the process sees them.</summary>
/// <param name="State">The directory for runs. It stays when the process ends.</param>
/// <param name="Files">The directory of <see cref="RemoteRun.Files"/>.</param>
/// <param name="SecretFiles">The directory of <see cref="RemoteRun.SecretFiles"/>.</param>
public sealed record RemotePlaces(string State, string Files, string SecretFiles);

/// <summary>A process of PachUp to start beside the clusters.</summary>
public sealed record RemoteRun
{
    /// <summary>The plan's settings for each of its clusters, under <c>with:</c>. The process runs beside the first cluster.</summary>
    public required ImmutableArray<ImmutableSortedDictionary<string, string>> Clusters { get; init; }

    /// <summary>The arguments of PachUp. They must not contain secrets: everyone who may see the process can read them.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>The task of the process.</summary>
    public required RemoteTask Task { get; init; }

    /// <summary>Whether it continues a run of an earlier process: it takes over that process's secrets and runs, and may break its lock.</summary>
    public bool GoesOn { get; init; }

    /// <summary>The image that contains PachUp.</summary>
    public required string Image { get; init; }

    /// <summary>The size of the storage for runs, such as <c>10Gi</c>, if the storage does not exist yet.</summary>
    public required string StorageSize { get; init; }

    /// <summary>The storage class for runs; null for the platform's default.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The files that it needs: names and text.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Files that only this user may read: names and text.</summary>
    public ImmutableSortedDictionary<string, string> SecretFiles { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Environment variables that everyone who may see the process can read.</summary>
    public ImmutableSortedDictionary<string, string> Variables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Environment variables whose values only this user may read.</summary>
    public ImmutableSortedDictionary<string, string> SecretVariables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>The task of a process beside the clusters.</summary>
/// <param name="Plan">The name of the plan; empty if it continues a run.</param>
/// <param name="PlanHash">The hash of the plan that was shown; empty if it continues a run.</param>
public sealed record RemoteTask(string Plan, string PlanHash);

/// <summary>What starting a process would create.</summary>
/// <param name="Effects">What would be created, changed or kept.</param>
/// <param name="Manifests">The same in the format of the platform's own tools, without secrets.</param>
public sealed record RemotePreview(ImmutableArray<Effect> Effects, string Manifests);

/// <summary>A process beside the clusters.</summary>
public sealed record RemoteProcess
{
    /// <summary>Its name in the platform's own tools.</summary>
    public required string Name { get; init; }

    /// <summary>Where it runs, for the user: <c>namespace "default"</c>.</summary>
    public required string Place { get; init; }

    /// <summary>The plan's settings for the cluster beside which it runs.</summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    /// <summary>Its task.</summary>
    public required RemoteTask Task { get; init; }

    /// <summary>Its image.</summary>
    public required string Image { get; init; }

    /// <summary>Whether it runs or is about to run.</summary>
    public required bool IsActive { get; init; }

    /// <summary>What the user can do with it in the platform's own tools.</summary>
    public ImmutableArray<RemoteAdvice> Advice { get; init; } = [];
}

/// <summary>A command of the platform's own tools.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="When">What the command is for, ending with a colon.</param>
/// <param name="Commands">The commands, each as a list of words.</param>
public sealed record RemoteAdvice(RemoteTopic Topic, string When, ImmutableArray<ImmutableArray<string>> Commands);

/// <summary>The purpose of a command.</summary>
public enum RemoteTopic
{
    /// <summary>Stops the process so that the run can be resumed.</summary>
    Stop,

    /// <summary>Fetches the files of its runs.</summary>
    Fetch,

    /// <summary>Removes everything that was created for it.</summary>
    Remove,
}

/// <summary>How a process beside the clusters ended.</summary>
/// <param name="ExitCode">Its exit code; null if it did not end by itself.</param>
/// <param name="Reason">Why it ended if not by itself; otherwise empty.</param>
public sealed record RemoteEnd(int? ExitCode, string Reason = "");

/// <summary>Receives news of a process that is followed.</summary>
public interface IRemoteListener
{
    /// <summary>The process wrote a line. Called once for each line, in order.</summary>
    void OnLine(string line);

    /// <summary>News about the process for the user, such as why it does not start.</summary>
    void OnNotice(string notice);
}
