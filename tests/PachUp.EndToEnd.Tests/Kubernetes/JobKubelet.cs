using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CliWrap;
using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.KubeApiServer.Storage;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>
/// A small kubelet that runs Jobs. Each Job gets a pod, and the pod runs the built tool as a process on this machine, with its mounts as folders, its
/// arguments and variables, its log at the API server, and, for a privileged user, its name as that of the machine. After a pod that failed it starts the next one, as often as the Job
/// allows. Deleting a Job, or setting its number of pods to 0, stops the process.
/// </summary>
internal sealed class JobKubelet : IAsyncDisposable
{
    private readonly KubeApiServer.KubeApiServer _server;
    private readonly Tool _tool;
    private readonly TemporaryFolder _disk = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, (Task Work, CancellationTokenSource End)> _pods = [];
    private int _evictions;
    private readonly Task _work;

    public JobKubelet(KubeApiServer.KubeApiServer server, Tool tool)
    {
        (_server, _tool) = (server, tool);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>The reason why a pod cannot start, by its image, such as <c>ErrImagePull</c>.</summary>
    public Func<string, string?> TroubleOf { get; init; } = _ => null;

    /// <summary>Text of a line of the log after which the pod is evicted, once; null for no eviction.</summary>
    public string? EvictsAt { get; init; }

    /// <summary>The folder of a claim on this machine.</summary>
    public string FolderOf(string claim) => Directory.CreateDirectory(Path.Combine(_disk.File("claims"), claim)).FullName;

    /// <summary>Every line that the pods have written.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Waits until a Job has ended, with all the pods that it may have.</summary>
    public async Task UntilEndedAsync(string job)
    {
        while (true)
        {
            var changed = Store.Changed;
            if (Store.Find("jobs", "default", job)!["status"] is not null)
            {
                return;
            }

            await changed;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        foreach (var (work, end) in _pods.Values)
        {
            await end.CancelAsync();
            await work;
            end.Dispose();
        }

        _end.Dispose();
        _disk.Dispose();
    }

    private ObjectStore Store => _server.Store;

    private async Task WorkAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var changed = Store.Changed;
            foreach (var job in Store.List("jobs"))
            {
                await LookAfterAsync(job);
            }

            CollectGarbage();
            await Task.WhenAny(changed, Task.Delay(Timeout.InfiniteTimeSpan, _end.Token));
        }
    }

    private async Task LookAfterAsync(JsonObject job)
    {
        var pods = Store.List("pods").Where(pod => pod.Metadata().Child("labels").Text("job-name") == job.Name()).OrderBy(pod => pod.Name(), StringComparer.Ordinal).ToList();
        var name = pods is [.., var last] ? last.Name() : "";
        if (job.Spec()["parallelism"]?.GetValue<int>() == 0)
        {
            await AskToEndAsync(name);
        }
        else if (pods.Count == 0 || (pods.All(HasFailed) && pods.Count <= RetriesOf(job)))
        {
            BindClaims(job);
            Store.Put("pods", PodOf(job, $"{job.Name()}-abcd{(char)('e' + pods.Count)}"));
        }
        else if (!_pods.ContainsKey(name) && TroubleOf(ImageOf(job)) is null && HasFiles(job))
        {
            var end = new CancellationTokenSource();
            _pods.Add(name, (Task.Run(() => RunAsync(job, name, end.Token)), end));
        }
    }

    private static bool HasFailed(JsonObject pod) => pod.Child("status").Text("phase") == "Failed";

    private static int RetriesOf(JsonObject job) => job.Spec()["backoffLimit"]!.GetValue<int>();

    private async Task AskToEndAsync(string pod)
    {
        if (_pods.TryGetValue(pod, out var running))
        {
            await running.End.CancelAsync();
        }
    }

    // The pod ends with its Job.
    private void CollectGarbage()
    {
        foreach (var kind in new[] { "pods", "configmaps", "secrets" })
        {
            foreach (var value in Store.List(kind))
            {
                if (value.Metadata().Items("ownerReferences").FirstOrDefault(owner => owner.Text("kind") == "Job") is { } owner
                    && Store.Find("jobs", value.Namespace(), owner.Text("name"))?.Metadata().Text("uid") != owner.Text("uid"))
                {
                    Store.Delete(kind, value.Namespace(), value.Name());
                }
            }
        }
    }

    private static string ImageOf(JsonObject job) => ContainerOf(job).Text("image");

    private static JsonObject ContainerOf(JsonObject job) => job.Spec().Child("template").Spec().Items("containers").First();

    private bool HasFiles(JsonObject job) => job.Spec().Child("template").Spec().Items("volumes").All(volume => volume switch
    {
        _ when volume["configMap"] is JsonObject map => Store.Find("configmaps", job.Namespace(), map.Text("name")) is not null,
        _ when volume["secret"] is JsonObject secret => Store.Find("secrets", job.Namespace(), secret.Text("secretName")) is not null,
        _ => true,
    });

    private void BindClaims(JsonObject job)
    {
        foreach (var volume in job.Spec().Child("template").Spec().Items("volumes").Where(volume => volume["persistentVolumeClaim"] is not null))
        {
            var claim = Store.Find("persistentvolumeclaims", job.Namespace(), volume.Child("persistentVolumeClaim").Text("claimName"))!;
            claim["status"] = new JsonObject { ["phase"] = "Bound" };
            Store.Put("persistentvolumeclaims", claim);
        }
    }

    private JsonObject PodOf(JsonObject job, string name)
    {
        var pod = job.Spec().Child("template").Copy();
        pod.Metadata()["name"] = name;
        pod.Metadata()["namespace"] = job.Namespace();
        pod.Metadata()["uid"] = Guid.NewGuid().ToString();
        pod.Metadata()["creationTimestamp"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        pod.Metadata().Child("labels")["job-name"] = job.Name();
        pod.Metadata()["ownerReferences"] = new JsonArray(new JsonObject { ["kind"] = "Job", ["name"] = job.Name(), ["uid"] = job.Metadata().Text("uid") });
        var state = TroubleOf(ImageOf(job)) is { } trouble
            ? new JsonObject { ["reason"] = trouble, ["message"] = $"the image \"{ImageOf(job)}\" is nowhere" }
            : new JsonObject { ["reason"] = "ContainerCreating" };
        pod["status"] = StatusOf("Pending", new JsonObject { ["waiting"] = state });
        return pod;
    }

    private static JsonObject StatusOf(string phase, JsonObject state) => new()
    {
        ["phase"] = phase,
        ["containerStatuses"] = new JsonArray(new JsonObject { ["name"] = "pachup", ["state"] = state }),
    };

    private async Task RunAsync(JsonObject job, string pod, CancellationToken askedToEnd)
    {
        var (ns, folders) = (job.Namespace(), MountAll(job, pod));
        SetStatus(ns, pod, "Running", new JsonObject { ["running"] = new JsonObject() });
        var exitCode = await ExecuteAsync(job, pod, folders, askedToEnd);
        _server.Logs.End(ns, pod);
        SetStatus(ns, pod, exitCode == 0 ? "Succeeded" : "Failed", new JsonObject
        {
            ["terminated"] = new JsonObject { ["exitCode"] = exitCode, ["reason"] = exitCode == 0 ? "Completed" : "Error" },
        });
        if (Store.Find("jobs", ns, job.Name()) is { } present && (exitCode == 0 || Store.List("pods").Count(HasFailed) > RetriesOf(job)))
        {
            present["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray(new JsonObject { ["type"] = exitCode == 0 ? "Complete" : "Failed", ["status"] = "True", ["reason"] = "BackoffLimitExceeded" }),
            };
            Store.Put("jobs", present);
        }
    }

    private async Task<int> ExecuteAsync(JsonObject job, string pod, IReadOnlyDictionary<string, string> folders, CancellationToken askedToEnd)
    {
        var mounted = new Regex(string.Join('|', folders.Keys.OrderByDescending(path => path.Length).Select(Regex.Escape)));
        string Placed(string text) => mounted.Replace(text, match => folders[match.Value]);
        var container = ContainerOf(job);
        using var evicted = new CancellationTokenSource();
        var log = PipeTarget.ToDelegate(line =>
        {
            _server.Logs.Append(job.Namespace(), pod, line);
            Lines.Enqueue(line);
            if (EvictsAt is not null && line.Contains(EvictsAt, StringComparison.Ordinal) && Interlocked.Exchange(ref _evictions, 1) == 0)
            {
                evicted.Cancel();
            }
        });
        string[] arguments = [.. container["args"]!.AsArray().Select(argument => Placed(argument!.GetValue<string>()))];
        var command = Environment.IsPrivilegedProcess ? _tool.CommandOn(pod, arguments) : _tool.Command(arguments);
        var variables = command.EnvironmentVariables.ToDictionary();
        foreach (var variable in container.Items("env"))
        {
            variables[variable.Text("name")] = variable["valueFrom"] switch
            {
                JsonObject from when from["secretKeyRef"] is JsonObject reference => SecretOf(job, reference),
                JsonObject from => FieldOf(job, from.Child("fieldRef").Text("fieldPath")),
                _ => Placed(variable.Text("value")),
            };
        }

        try
        {
            var ended = await (command.WithWorkingDirectory(Placed(container.Text("workingDir"))).WithEnvironmentVariables(variables) | (log, log))
                .ExecuteAsync(evicted.Token, askedToEnd);
            return ended.ExitCode;
        }
        catch (OperationCanceledException)
        {
            // The process was stopped and has ended.
            return evicted.IsCancellationRequested ? 137 : 130;
        }
    }

    private static string FieldOf(JsonObject job, string path) =>
        path == "metadata.labels['controller-uid']" ? job.Metadata().Text("uid") : throw new NotSupportedException($"The field {path} of a pod is not known.");

    private string SecretOf(JsonObject job, JsonObject reference)
    {
        var secret = Store.Find("secrets", job.Namespace(), reference.Text("name"))!;
        return Encoding.UTF8.GetString(Convert.FromBase64String(secret.Child("data").Text(reference.Text("key"))));
    }

    private Dictionary<string, string> MountAll(JsonObject job, string pod)
    {
        var volumes = job.Spec().Child("template").Spec().Items("volumes").ToDictionary(volume => volume.Text("name"));
        return ContainerOf(job).Items("volumeMounts").ToDictionary(mount => mount.Text("mountPath"), mount => Mount(job, pod, volumes[mount.Text("name")]));
    }

    private string Mount(JsonObject job, string pod, JsonObject volume)
    {
        if (volume["persistentVolumeClaim"] is JsonObject claim)
        {
            return FolderOf(claim.Text("claimName"));
        }

        var folder = Directory.CreateDirectory(Path.Combine(_disk.File(pod), volume.Text("name"))).FullName;
        if (volume["configMap"] is JsonObject map)
        {
            foreach (var (name, text) in Store.Find("configmaps", job.Namespace(), map.Text("name"))!.Child("data"))
            {
                File.WriteAllText(Path.Combine(folder, name), ForThisMachine(text!.GetValue<string>()));
            }
        }

        if (volume["secret"] is JsonObject secret)
        {
            foreach (var (name, text) in Store.Find("secrets", job.Namespace(), secret.Text("secretName"))!.Child("data"))
            {
                File.WriteAllBytes(Path.Combine(folder, name), Convert.FromBase64String(text!.GetValue<string>()));
            }
        }

        return folder;
    }

    // This machine has no service account, unlike a pod.
    private string ForThisMachine(string text) => text
        .Replace("https://kubernetes.default.svc", _server.Address.ToString(), StringComparison.Ordinal)
        .Replace("certificate-authority: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt", "insecure-skip-tls-verify: false", StringComparison.Ordinal)
        .Replace("tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token", "token: of-the-service-account", StringComparison.Ordinal);

    private void SetStatus(string ns, string name, string phase, JsonObject state)
    {
        if (Store.Find("pods", ns, name) is { } pod)
        {
            pod["status"] = StatusOf(phase, state);
            Store.Put("pods", pod);
        }
    }
}
