using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.InCluster;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes;

/// <summary>Runs PachUp as a Job beside the clusters.</summary>
internal sealed partial class KubernetesPlatform : IRemoteRunPlatform
{
    // These settings name files of this machine.
    private static readonly string[] FilesOfThisMachine = ["kubeconfig", "manifests", "pachctl", "pachctlPath"];

    /// <inheritdoc/>
    public string StateDirectory => JobEnvironment.StateDirectory;

    /// <inheritdoc/>
    public string PlanPath => $"{JobEnvironment.FilesDirectory}/{JobObjects.PlanFile}";

    /// <inheritdoc/>
    public Task<ImmutableSortedDictionary<string, string>> SettingsThereAsync(
        ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (FilesOfThisMachine.FirstOrDefault(settings.ContainsKey) is { } name)
        {
            throw StepFailedException.Refused(
                $"the plan has \"{name}: {settings[name]}\", which is on this machine and not in the image of the job",
                "Remove it from the plan (the default deploys like the source), or apply the plan from this machine, without --in-cluster.");
        }

        var api = await JobPlace.OpenAsync(settings, cancellationToken);
        return settings.SetItem("context", JobEnvironment.Context).SetItem("namespace", api.Namespace);
    });

    /// <inheritdoc/>
    public Task<RemoteProcess?> FindAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var api = await JobPlace.OpenAsync(settings, cancellationToken);
        return await JobState.ReadNewestAsync(api, cancellationToken) is { } newest ? ProcessOf(newest.Job, newest.IsActive, api, settings) : null;
    });

    /// <inheritdoc/>
    public Task<RemotePreview> PreviewAsync(RemoteRun run, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var starter = await JobStarter.OpenAsync(run, cancellationToken);
        return await starter.PreviewAsync(cancellationToken);
    });

    /// <inheritdoc/>
    public Task<RemoteProcess> StartAsync(RemoteRun run, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var starter = await JobStarter.OpenAsync(run, cancellationToken);
        var job = await starter.StartAsync(cancellationToken);
        return ProcessOf(job, isActive: true, await JobPlace.OpenAsync(run.Clusters[0], cancellationToken), run.Clusters[0]);
    });

    /// <inheritdoc/>
    public Task<RemoteEnd> FollowAsync(
        RemoteProcess process, TimeSpan startTimeout, Action<string> onLine, Action<string> onNotice, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var api = await JobPlace.OpenWithoutRetryAsync(process.Settings, cancellationToken);
        return await new JobFollower(api, process.Name, onLine, onNotice, TimeProvider.System).FollowAsync(startTimeout, cancellationToken);
    });

    /// <inheritdoc/>
    public Task<RemoteEnd> ReadAsync(
        RemoteReading reading, TimeSpan startTimeout, Action<string> onLine, Action<string> onNotice, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var reader = await RunsReader.OpenAsync(await JobPlace.OpenAsync(reading.Settings, cancellationToken), cancellationToken);
        return await reader.ReadAsync(reading, startTimeout, onLine, onNotice, cancellationToken);
    });

    private static RemoteProcess ProcessOf(JsonObject job, bool isActive, KubeApi api, ImmutableSortedDictionary<string, string> settings)
    {
        var image = job.PodSpec().Items("containers")[0].Text("image");
        return new RemoteProcess
        {
            Name = job.Name(),
            Place = api.Place,
            Settings = settings,
            PlanName = job.Annotation(Labels.Plan),
            PlanHash = job.Annotation(Labels.PlanHash),
            Image = image,
            IsActive = isActive,
            HowToStop = JobAdvice.ToStop(job.Name(), api.Namespace),
            HowToFetch = JobAdvice.ToFetch(api.Namespace, image),
            HowToRemove = JobAdvice.ToRemove(api.Namespace),
        };
    }
}
