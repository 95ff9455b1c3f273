using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>Every command that needs pachd says why it cannot be reached: each cause has its own message.</summary>
public sealed class UnreachablePachdTests
{
    public static TheoryData<string[]> Commands => new(
        ["status"], ["plan", Tool.Plan, "--in-place"], ["check", Tool.Plan, "--in-place"], ["apply", Tool.Plan, "--in-place", "--yes"]);

    [Theory]
    [MemberData(nameof(Commands))]
    public Task WithoutThePermissionForPortForwards_AllMissingPermissionsAreNamed(string[] command) =>
        ExpectMissingAsync("get", ApiProfile.V1_10, command);

    // A web socket starts with a GET. Kubernetes 1.35 asks for "create" too.
    [Theory]
    [MemberData(nameof(Commands))]
    public Task WithoutTheSecondPermissionForPortForwards_AllMissingPermissionsAreNamed_WhereKubernetesAsksForIt(string[] command) =>
        ExpectMissingAsync("create", ApiProfile.V1_10 with { Minor = 35 }, command);

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task ANamespaceThatDoesNotExist_IsNamed_WithThoseThatHaveAPachd(string[] command)
    {
        await using var kubernetes = await StartAsync();

        var outcome = await RunAsync(kubernetes, command, "lab");

        Assert.Contains("namespace \"lab\" does not exist", OnOneLine(outcome), StringComparison.Ordinal);
        Assert.Contains("There is a pachd in: default.", OnOneLine(outcome), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task APodThatIsNotReady_IsNamed_WithItsReason(string[] command)
    {
        await using var kubernetes = await StartAsync();
        kubernetes.Pods.TroubleOf = image => image.StartsWith("pachyderm/pachd", StringComparison.Ordinal) ? "ImagePullBackOff" : null;
        var pachd = kubernetes.Server.Store.Find("deployments", "default", "pachd")!;
        pachd.Metadata()["generation"] = 7;
        kubernetes.Server.Store.Put("deployments", pachd);

        var outcome = await RunAsync(kubernetes, command, "default");

        Assert.Contains("no pod of pachd is ready in namespace \"default\"", OnOneLine(outcome), StringComparison.Ordinal);
        Assert.Contains("container pachd: ImagePullBackOff", OnOneLine(outcome), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task WhereReadingIsNotAllowed_AllMissingPermissionsAreNamedAtOnce(string[] command)
    {
        await using var kubernetes = await StartAsync();
        foreach (var (verb, resource) in new[] { ("list", "pods"), ("list", "secrets"), ("get", "services"), ("delete", "deployments"), ("get", "pods/log") })
        {
            kubernetes.Server.Access.Deny(verb, resource);
        }

        var outcome = await RunAsync(kubernetes, command, "default");

        // The status shows what else it knows.
        outcome.Expect(command[0] == "status" ? 1 : 3);
        Assert.All(
            ["list pods", "list secrets", "get services", "delete deployments", "get pods/log"],
            permission => Assert.Contains($"{permission} in namespace \"default\"", OnOneLine(outcome), StringComparison.Ordinal));
    }

    private static async Task ExpectMissingAsync(string verb, ApiProfile profile, string[] command)
    {
        await using var kubernetes = await StartAsync(profile);
        kubernetes.Server.Access.Deny(verb, "pods/portforward");
        kubernetes.Server.Access.Deny("delete", "deployments");

        var outcome = await RunAsync(kubernetes, command, "default");

        outcome.Expect(command[0] == "status" ? 1 : 3);
        Assert.Contains($"{verb} pods/portforward in namespace \"default\"", OnOneLine(outcome), StringComparison.Ordinal);
        Assert.Contains("delete deployments in namespace \"default\"", OnOneLine(outcome), StringComparison.Ordinal);
        Assert.Contains("give the address of pachd with --source or --target", OnOneLine(outcome), StringComparison.Ordinal);
    }

    private static async Task<KubernetesWithPachd> StartAsync(ApiProfile? profile = null)
    {
        var kubernetes = await KubernetesWithPachd.StartAsync("local-1.8.7", Recordings.Archive("1.8.7-empty"), profile);
        using var tool = await kubernetes.ToolAsync();
        (await tool.RunAsync("status", "--platform", "kubernetes", "--namespace", "default")).Expect(0);
        return kubernetes;
    }

    private static async Task<Outcome> RunAsync(KubernetesWithPachd kubernetes, string[] command, string ns)
    {
        using var tool = await kubernetes.ToolAsync();
        return await tool.RunAsync([.. command, "--platform", "kubernetes", "--namespace", ns]);
    }

    private static string OnOneLine(Outcome outcome) => string.Join(' ', (outcome.Answer + outcome.Talk).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
