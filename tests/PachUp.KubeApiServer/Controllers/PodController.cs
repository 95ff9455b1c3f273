using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Controllers;

/// <summary>
/// Small versions of the controllers of a cluster. They create and delete the pods and claims of deployments, stateful sets and replication
/// controllers, bind claims, keep endpoints, and finish the deletion of namespaces and objects. A pod goes through the recorded states when it starts, and
/// exists as long as its processes run when it is deleted. Everything else happens immediately between two changes.
/// </summary>
public sealed class PodController(ObjectStore store) : IAsyncDisposable
{
    private const int GracePeriod = 30;
    private const int MostRestarts = 9;
    private const string Crashes = "CrashLoopBackOff";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly string[] Owners = ["deployments", "statefulsets", "replicationcontrollers"];

    private readonly ObjectStore _store = store;
    private readonly EndpointsController _endpoints = new(store);
    private readonly CancellationTokenSource _end = new();
    private Task _work = Task.CompletedTask;
    private Func<string, string?> _troubleOf = _ => null;
    private Func<string, string?> _whyUnscheduled = _ => null;
    private bool _leavesClaimsPending;
    private bool _waitsForProcesses;
    private int _looks;

    /// <summary>The reason why a pod is not ready, by the image of its first container, such as <c>ImagePullBackOff</c>.</summary>
    public Func<string, string?> TroubleOf
    {
        get => _troubleOf;
        set
        {
            _troubleOf = value;
            _store.Wake();
        }
    }

    /// <summary>Why the scheduler finds no node for a pod, by the image of its first container; null if it finds one.</summary>
    public Func<string, string?> WhyUnscheduled
    {
        get => _whyUnscheduled;
        set
        {
            _whyUnscheduled = value;
            _store.Wake();
        }
    }

    /// <summary>Called for every pod that becomes ready, with the image of its first container.</summary>
    public Func<JsonObject, string, Task> OnReady { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Whether the processes of a pod that is being deleted have ended. It is asked again until they have.</summary>
    public Func<JsonObject, Task<bool>> HasEnded { get; set; } = _ => Task.FromResult(true);

    /// <summary>Called for every deleted pod.</summary>
    public Func<JsonObject, Task> OnGone { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether claims stay pending, as in a cluster without a provisioner.</summary>
    public bool LeavesClaimsPending
    {
        get => _leavesClaimsPending;
        set
        {
            _leavesClaimsPending = value;
            _store.Wake();
        }
    }

    /// <summary>Starts the controllers.</summary>
    public void Start() => _work = Task.Run(WorkAsync);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _end.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var changed = _store.Changed;
            await LookAfterAllAsync();
            await Task.WhenAny(changed, Task.Delay(_waitsForProcesses ? Pause : Timeout.InfiniteTimeSpan, _end.Token));
        }
    }

    private async Task LookAfterAllAsync()
    {
        EndDeleted();
        await RemoveOrphansAsync();
        foreach (var (kind, owner) in Owners.SelectMany(kind => _store.List(kind).Select(owner => (kind, owner))).ToList())
        {
            await LookAfterAsync(kind, owner);
        }

        _endpoints.LookAfterAll();
    }

    private void EndDeleted()
    {
        foreach (var kind in Owners)
        {
            foreach (var owner in _store.List(kind).Where(IsBeingDeleted))
            {
                _store.Delete(kind, owner.Namespace(), owner.Name());
            }
        }

        foreach (var ns in _store.List("namespaces").Where(IsBeingDeleted))
        {
            _store.Delete("namespaces", "", ns.Name());
        }
    }

    // A pod ends in two steps, as recorded: first it is marked, and it is gone when its processes have ended.
    private async Task RemoveOrphansAsync()
    {
        _waitsForProcesses = false;
        foreach (var pod in _store.List("pods").Where(pod => !IsOfJob(pod) && (IsBeingDeleted(pod) || IsOrphan(pod))))
        {
            if (!IsBeingDeleted(pod))
            {
                pod.Metadata()["deletionTimestamp"] = "2026-01-01T00:00:00Z";
                pod.Metadata()["deletionGracePeriodSeconds"] = GracePeriod;
                _store.Put("pods", pod);
            }
            else if (await HasEnded(pod))
            {
                _store.Delete("pods", pod.Namespace(), pod.Name());
                await OnGone(pod);
            }
            else
            {
                _waitsForProcesses = true;
            }
        }
    }

    private bool IsOrphan(JsonObject pod) =>
        OwnerOf(pod)?.Metadata()["generation"]?.ToString() != pod.Metadata().Child("annotations").Text("generation");

    // The kubelet of the test manages the pods of Jobs.
    private static bool IsOfJob(JsonObject pod) => pod.Metadata().Items("ownerReferences").Any(owner => owner.Text("kind") == "Job");

    private JsonObject? OwnerOf(JsonObject pod)
    {
        var reference = pod.Metadata().Items("ownerReferences").First();
        return Owners
            .Select(kind => _store.Find(kind, pod.Namespace(), reference.Text("name")))
            .FirstOrDefault(owner => owner?.Metadata().Text("uid") == reference.Text("uid"));
    }

    private async Task LookAfterAsync(string kind, JsonObject owner)
    {
        var replicas = owner.Spec()["replicas"]?.GetValue<int>() ?? 1;
        var ready = 0;
        for (var i = 0; i < replicas; i++)
        {
            var areClaimsBound = owner.Spec().Items("volumeClaimTemplates").ToList().TrueForAll(template => BindClaim(owner, template, i));
            ready += await StartPodAsync(owner, $"{owner.Name()}-{i}", areClaimsBound) ? 1 : 0;
        }

        var status = new JsonObject
        {
            ["observedGeneration"] = owner.Metadata()["generation"]?.DeepClone(),
            ["replicas"] = replicas,
            ["readyReplicas"] = ready,
            ["updatedReplicas"] = replicas,
            ["availableReplicas"] = ready,
        };
        if (_store.Find(kind, owner.Namespace(), owner.Name()) is { } current && !JsonNode.DeepEquals(current["status"], status))
        {
            current["status"] = status;
            _store.Put(kind, current);
        }
    }

    private bool BindClaim(JsonObject owner, JsonObject template, int index)
    {
        var name = $"{template.Name()}-{owner.Name()}-{index}";
        if (_store.Find("persistentvolumeclaims", owner.Namespace(), name) is { } claim)
            return claim.Child("status").Text("phase") == "Bound";

        claim = template.Copy();
        claim.Metadata()["name"] = name;
        claim.Metadata()["namespace"] = owner.Namespace();
        claim.Metadata()["uid"] = Guid.NewGuid().ToString();
        claim["status"] = new JsonObject { ["phase"] = LeavesClaimsPending ? "Pending" : "Bound" };
        if (!LeavesClaimsPending)
            claim.Spec()["volumeName"] = MakeVolume(claim);

        _store.Put("persistentvolumeclaims", claim);
        return !LeavesClaimsPending;
    }

    private string MakeVolume(JsonObject claim)
    {
        var name = $"pvc-{claim.Metadata().Text("uid")}";
        _store.Put("persistentvolumes", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["uid"] = Guid.NewGuid().ToString() },
            ["spec"] = new JsonObject
            {
                ["capacity"] = claim.Spec().Child("resources").Child("requests").DeepClone(),
                ["persistentVolumeReclaimPolicy"] = "Delete",
                ["claimRef"] = new JsonObject { ["namespace"] = claim.Namespace(), ["name"] = claim.Name() },
            },
            ["status"] = new JsonObject { ["phase"] = "Bound" },
        });
        return name;
    }

    private async Task<bool> StartPodAsync(JsonObject owner, string name, bool canRun)
    {
        var image = owner.Spec().Child("template").Spec().Items("containers").First().Text("image");
        var trouble = canRun ? TroubleOf(image) : "Pending";
        var isReady = trouble is null;
        if (WhyUnscheduled(image) is { } why)
        {
            if (_store.Find("pods", owner.Namespace(), name) is not { } waiting || !PodStart.IsUnscheduled(waiting))
                _store.Put("pods", PodOf(owner, name, PodStart.Unscheduled(why)));

            return false;
        }

        if (_store.Find("pods", owner.Namespace(), name) is { } present && (IsBeingDeleted(present) || (isReady ? IsReady(present) : ReasonOf(present) == trouble)))
        {
            if (trouble == Crashes && !IsBeingDeleted(present))
                Restart(present);

            return isReady && !IsBeingDeleted(present);
        }

        if (!isReady)
        {
            _store.Put("pods", PodOf(owner, name, StatusOf(owner.Spec().Child("template").Spec().Items("containers").First(), trouble)));
            return false;
        }

        return await StartAsync(owner, name, image);
    }

    // One state at a time; the change itself makes the controllers look again.
    private async Task<bool> StartAsync(JsonObject owner, string name, string image)
    {
        if (_store.Find("pods", owner.Namespace(), name) is not { } pod)
        {
            _store.Put("pods", PodOf(owner, name, PodStart.Created()));
            return false;
        }

        if (PodStart.IsLast(pod))
            await OnReady(pod, image);

        var isReady = PodStart.Advance(pod);
        _store.Put("pods", pod);
        return isReady;
    }

    // As a kubelet does: the container is started again after a pause that grows with each start, and an event tells of it.
    private void Restart(JsonObject pod)
    {
        var container = pod.Child("status").Items("containerStatuses").First();
        var restarts = container["restartCount"]!.GetValue<int>();
        if (restarts >= MostRestarts)
            return;

        _waitsForProcesses = true;
        _looks = (_looks + 1) % (restarts + 1);
        if (_looks != 0)
            return;

        container["restartCount"] = restarts + 1;
        container["lastState"] = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = 137, ["reason"] = "Error" } };
        _store.Put("pods", pod);
        _store.Put("events", BackOffOf(pod, restarts + 1));
    }

    private static JsonObject BackOffOf(JsonObject pod, int count) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = $"{pod.Name()}.backoff", ["namespace"] = pod.Namespace(), ["uid"] = Guid.NewGuid().ToString() },
        ["type"] = "Warning",
        ["reason"] = "BackOff",
        ["message"] = "Back-off restarting failed container",
        ["count"] = count,
        ["lastTimestamp"] = "2026-01-01T00:00:00Z",
        ["involvedObject"] = new JsonObject { ["kind"] = "Pod", ["name"] = pod.Name(), ["uid"] = pod.Metadata().Text("uid"), ["namespace"] = pod.Namespace() },
    };

    private static JsonObject PodOf(JsonObject owner, string name, JsonObject status)
    {
        var template = owner.Spec().Child("template").Copy();
        var metadata = template.Metadata();
        metadata["name"] = name;
        metadata["namespace"] = owner.Namespace();
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata.Child("annotations")["generation"] = owner.Metadata()["generation"]!.ToString();
        metadata["ownerReferences"] = new JsonArray(new JsonObject { ["name"] = owner.Name(), ["uid"] = owner.Metadata().Text("uid") });
        template["status"] = status;
        return template;
    }

    private static JsonObject StatusOf(JsonObject container, string? trouble) => new()
    {
        ["phase"] = "Pending",
        ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "False" }),
        ["containerStatuses"] = new JsonArray(new JsonObject
        {
            ["name"] = container.Text("name"),
            ["image"] = container.Text("image"),
            ["ready"] = false,
            ["restartCount"] = 0,
            ["state"] = new JsonObject { ["waiting"] = new JsonObject { ["reason"] = trouble, ["message"] = $"the container does not start: {trouble}" } },
        }),
    };

    private static string ReasonOf(JsonObject pod) =>
        pod.Child("status").Items("containerStatuses").FirstOrDefault()?.Child("state").Child("waiting").Text("reason") ?? "";

    private static bool IsBeingDeleted(JsonObject value) => value.Metadata()["deletionTimestamp"] is not null;

    private static bool IsReady(JsonObject pod) =>
        pod.Child("status").Items("conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");
}
