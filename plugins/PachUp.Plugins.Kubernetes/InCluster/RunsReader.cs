using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>
/// Reads the runs on the claim with a Job that only lives for one command. It has the account and the files of the newest Job, and may not write to the claim, so
/// it can also work beside a Job.
/// </summary>
/// <param name="api">The namespace of the claim.</param>
/// <param name="newest">The newest Job.</param>
internal sealed class RunsReader(KubeApi api, JobState newest)
{
    private const string Prefix = "pachup-read-";
    private const int SuffixLength = 8;

    // With these, the process would go on with the run of its Job.
    private static readonly string[] VariablesOfRuns = [RemoteRun.JobVariable, RemoteRun.JobIdVariable];

    /// <exception cref="StepFailedException">There is no Job whose account and files could be used.</exception>
    public static async Task<RunsReader> OpenAsync(KubeApi api, CancellationToken cancellationToken) =>
        await JobState.ReadNewestAsync(api, cancellationToken) is { } newest
            ? new RunsReader(api, newest)
            : throw StepFailedException.Refused(
                $"namespace \"{api.Namespace}\" has no Job of PachUp, so nothing can read the runs there",
                $"Name the namespace of the source with --namespace. If the Jobs were deleted, copy the runs from the claim \"{JobObjects.ClaimName}\" with kubectl, and name the copy with --state-dir.");

    /// <summary>Carries out a command, and deletes what it needed.</summary>
    /// <param name="reading">The command.</param>
    /// <param name="startTimeout">How long the Job may take to start.</param>
    /// <param name="onLine">Receives each line of its output.</param>
    /// <param name="onNotice">Receives news about it for the user.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<RemoteEnd> ReadAsync(
        RemoteReading reading, TimeSpan startTimeout, Action<string> onLine, Action<string> onNotice, CancellationToken cancellationToken)
    {
        var job = await api.CreateAsync(JobOf(reading), cancellationToken);
        try
        {
            return await new JobFollower(api, job.Name(), onLine, onNotice, TimeProvider.System).FollowAsync(startTimeout, cancellationToken);
        }
        finally
        {
            await api.DeleteAsync(job, CancellationToken.None);
        }
    }

    /// <summary>The Job for a command.</summary>
    public JsonObject JobOf(RemoteReading reading)
    {
        var job = JobTemplates.Get("Job");
        (job.Metadata()["name"], job.Metadata()["namespace"]) = (Prefix + Guid.NewGuid().ToString("N")[..SuffixLength], api.Namespace);
        var pod = newest.Job.PodSpec().Copy();
        (job.Spec()["backoffLimit"], job.Spec().Child("template")["spec"]) = (0, pod);
        var container = pod.Items("containers")[0];
        (container["image"], container["args"]) = (reading.Image ?? container.Text("image"), new JsonArray([.. reading.Arguments.Select(argument => JsonValue.Create(argument))]));
        container["env"] = new JsonArray(
        [
            .. container.Items("env").Where(variable => !VariablesOfRuns.Contains(variable.Text("name")) && !reading.Variables.ContainsKey(variable.Text("name"))).Select(variable => variable.Copy()),
            .. reading.Variables.Select(variable => new JsonObject { ["name"] = variable.Key, ["value"] = variable.Value }),
        ]);
        container.Items("volumeMounts").First(mount => mount.Text("mountPath") == JobEnvironment.StateDirectory)["readOnly"] = true;

        // Most volumes can be used on one node at a time.
        if (newest is { IsActive: true, Pod: { } working } && working.Spec().Text("nodeName") is { Length: > 0 } node)
        {
            pod["nodeName"] = node;
        }

        return job;
    }
}
