using System.Collections.Immutable;

namespace PachUp.Sdk;

/// <summary>
/// A platform that can let PachUp work beside its clusters, in a process that goes on when this one ends. One such process at a time works on a
/// cluster. What it keeps of its runs is there for the next one, so that a run can be resumed or undone.
/// </summary>
public interface IRemoteRunPlatform : IPlatform
{
    /// <summary>Where the process finds its files.</summary>
    RemotePlaces Places { get; }

    /// <summary>What the process has to be told about a cluster in place of what the plan says under <c>with:</c>. Reads only.</summary>
    /// <exception cref="StepFailedException">The plan says something that cannot work there, such as a file of this machine.</exception>
    Task<ImmutableSortedDictionary<string, string>> SettingsThereAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken);

    /// <summary>The process that works, or else the one that worked last. Reads only.</summary>
    /// <param name="settings">What the plan says about the cluster under <c>with:</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>It; null where there was none, or nothing of it is left.</returns>
    Task<RemoteProcess?> FindAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken);

    /// <summary>Says what starting a process would make. Reads only.</summary>
    /// <exception cref="StepFailedException">It would be refused, for example because a permission is missing.</exception>
    Task<RemotePreview> PreviewAsync(RemoteRun run, CancellationToken cancellationToken);

    /// <summary>Makes what a process needs, and starts it. Returns as soon as it is asked for; it need not have begun.</summary>
    /// <exception cref="StepFailedException">It cannot be started, or another one has been started meanwhile.</exception>
    Task<RemoteProcess> StartAsync(RemoteRun run, CancellationToken cancellationToken);

    /// <summary>Follows a process until it ends. It goes on when following is cancelled.</summary>
    /// <param name="process">The process.</param>
    /// <param name="startTimeout">How long it may take to begin.</param>
    /// <param name="listener">Told what it writes.</param>
    /// <param name="cancellationToken">Ends the following.</param>
    /// <exception cref="StepFailedException">It did not begin in time, or is not there any more; the message says what is known of the reason.</exception>
    Task<RemoteEnd> FollowAsync(RemoteProcess process, TimeSpan startTimeout, IRemoteListener listener, CancellationToken cancellationToken);
}

/// <summary>Where a process beside the clusters finds its files: full paths, as the process sees them.</summary>
/// <param name="State">Where it keeps runs. Outlives the process.</param>
/// <param name="Files">Where <see cref="RemoteRun.Files"/> are.</param>
/// <param name="SecretFiles">Where <see cref="RemoteRun.SecretFiles"/> are.</param>
public sealed record RemotePlaces(string State, string Files, string SecretFiles);

/// <summary>A process of PachUp that is to be started beside the clusters.</summary>
public sealed record RemoteRun
{
    /// <summary>What the plan says about each of its clusters under <c>with:</c>. The process works beside the first.</summary>
    public required ImmutableArray<ImmutableSortedDictionary<string, string>> Clusters { get; init; }

    /// <summary>The arguments of PachUp. They hold no secrets: anybody who may look at the process can read them.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>What it carries out.</summary>
    public required RemoteTask Task { get; init; }

    /// <summary>Whether it goes on with a run that an earlier process began: that one's secrets and runs are taken over, and its lock may be broken.</summary>
    public bool GoesOn { get; init; }

    /// <summary>The image that PachUp is in.</summary>
    public required string Image { get; init; }

    /// <summary>How much room there is for runs, such as <c>10Gi</c>, where none was made for them yet.</summary>
    public required string StorageSize { get; init; }

    /// <summary>The class of storage to keep runs on; null for the platform's default.</summary>
    public string? StorageClass { get; init; }

    /// <summary>Files that it needs, by name, with their text.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Files that nobody else may read, by name, with their text.</summary>
    public ImmutableSortedDictionary<string, string> SecretFiles { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Environment variables that whoever may look at the process can read.</summary>
    public ImmutableSortedDictionary<string, string> Variables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Environment variables whose values nobody else may read.</summary>
    public ImmutableSortedDictionary<string, string> SecretVariables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>What a process beside the clusters carries out.</summary>
/// <param name="Plan">The name of the plan; empty where it goes on with a run.</param>
/// <param name="PlanHash">The hash of the plan as it was shown; empty where it goes on with a run.</param>
public sealed record RemoteTask(string Plan, string PlanHash);

/// <summary>What starting a process would make.</summary>
/// <param name="Effects">What would be made, changed or kept.</param>
/// <param name="Manifests">The same as text that the platform's own tools understand; secrets are left out.</param>
public sealed record RemotePreview(ImmutableArray<Effect> Effects, string Manifests);

/// <summary>A process beside the clusters.</summary>
public sealed record RemoteProcess
{
    /// <summary>What the platform's own tools call it.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is, for people: <c>namespace "default"</c>.</summary>
    public required string Place { get; init; }

    /// <summary>What the plan says about the cluster that it works beside.</summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    /// <summary>What it carries out.</summary>
    public required RemoteTask Task { get; init; }

    /// <summary>The image that it is started from.</summary>
    public required string Image { get; init; }

    /// <summary>Whether it works, or is about to.</summary>
    public required bool IsActive { get; init; }

    /// <summary>What can be done about it with the platform's own tools.</summary>
    public ImmutableArray<RemoteAdvice> Advice { get; init; } = [];
}

/// <summary>A command of the platform's own tools.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="When">What it is for, ending with a colon.</param>
/// <param name="Commands">The commands, each word by word.</param>
public sealed record RemoteAdvice(RemoteTopic Topic, string When, ImmutableArray<ImmutableArray<string>> Commands);

/// <summary>What a command is about.</summary>
public enum RemoteTopic
{
    /// <summary>How the process is stopped where the run can be resumed.</summary>
    Stop,

    /// <summary>How the files of its runs are fetched.</summary>
    Fetch,

    /// <summary>How everything that was made for it is taken away.</summary>
    Remove,
}

/// <summary>How a process beside the clusters ended.</summary>
/// <param name="ExitCode">What it returned; null where it did not end by itself.</param>
/// <param name="Reason">Why it ended where it did not end by itself; empty otherwise.</param>
public sealed record RemoteEnd(int? ExitCode, string Reason = "");

/// <summary>Told about a process that is followed.</summary>
public interface IRemoteListener
{
    /// <summary>It wrote a line. Told once for each, in order.</summary>
    void OnLine(string line);

    /// <summary>Something about the process that whoever watches should know, such as why it does not begin.</summary>
    void OnNotice(string notice);
}
