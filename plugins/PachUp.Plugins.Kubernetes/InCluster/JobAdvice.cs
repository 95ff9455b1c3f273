using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>The kubectl commands for a Job.</summary>
internal static class JobAdvice
{
    private const string FilesPod = "pachup-files";

    public static ImmutableArray<RemoteAdvice> ToStop(string name, string ns) =>
    [
        new(
            "To stop it so that the run can be resumed:",
            ["kubectl", "-n", ns, "patch", "job", name, "-p", """{"spec":{"parallelism":0}}"""]),
    ];

    public static ImmutableArray<RemoteAdvice> ToFetch(string ns, string image) =>
    [
        new(
            "To copy the runs, with the backup and the reports, from the claim:",
            ["kubectl", "-n", ns, "run", FilesPod, "--restart", "Never", "--image", image, "--overrides", Overrides(image)],
            ["kubectl", "-n", ns, "wait", "--for=condition=Ready", $"pod/{FilesPod}"],
            ["kubectl", "-n", ns, "cp", $"{FilesPod}:{JobEnvironment.StateDirectory}", ".pachup"],
            ["kubectl", "-n", ns, "delete", "pod", FilesPod]),
    ];

    public static ImmutableArray<RemoteAdvice> ToRemove(string ns) =>
    [
        new(
            "To delete everything that was created for it, except the claim:",
            ["kubectl", "-n", ns, "delete", "job,configmap,secret,rolebinding,role,serviceaccount", "-l", Labels.PachUp],
            ["kubectl", "delete", "clusterrolebinding,clusterrole", JobAccess.ClusterWideName(ns)]),
        new(
            "The claim contains the runs and the backup. When you do not need them any more:",
            ["kubectl", "-n", ns, "delete", "persistentvolumeclaim", JobObjects.ClaimName]),
    ];

    // A pod that only sleeps while files are copied.
    private static string Overrides(string image) => new JsonObject
    {
        ["spec"] = new JsonObject
        {
            ["containers"] = new JsonArray(new JsonObject
            {
                ["name"] = FilesPod,
                ["image"] = image,
                ["command"] = new JsonArray("sleep", "3600"),
                ["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = "state", ["mountPath"] = JobEnvironment.StateDirectory }),
            }),
            ["volumes"] = new JsonArray(new JsonObject
            {
                ["name"] = "state",
                ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = JobObjects.ClaimName },
            }),
        },
    }.ToJsonString();
}
