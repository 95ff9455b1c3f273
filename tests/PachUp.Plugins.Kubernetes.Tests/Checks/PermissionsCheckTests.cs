using System.Text.Json.Nodes;
using PachUp.KubeApiServer;
using PachUp.Plugins.Kubernetes.Checks;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests.Checks;

public sealed class PermissionsCheckTests
{
    [Fact]
    public async Task SomebodyWhoMayDoEverything_Passes()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);

        var result = await new PermissionsCheck().AskAsync(kube.Execution(), default);

        Assert.Equal(CheckOutcome.Passed, result.Outcome);
    }

    // Some authorizers only answer single questions. The others are not asked more than needed.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AMissingPermission_IsNamed_BeforeAnythingHappens(bool asksOneByOne)
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Server.Access.ListsNoRules = asksOneByOne;
        kube.Server.Access.Deny("delete", "deployments");
        kube.Server.Access.Deny("patch", "persistentvolumes");

        var result = await new PermissionsCheck().AskAsync(kube.Execution(), default);

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Equal(["delete deployments in namespace \"default\"", "patch persistentvolumes"], result.Items.AsEnumerable());
        Assert.Equal(asksOneByOne, kube.Server.Calls.ToString().Contains("selfsubjectaccessreviews", StringComparison.Ordinal));
    }

    // A web socket starts with a GET, so "get" decides (seen on 1.20); Kubernetes 1.35 asks for "create" too.
    [Theory]
    [InlineData("get")]
    [InlineData("create")]
    public async Task EachVerbForPortForwards_IsAWarningOfItsOwn(string verb)
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Server.Access.Deny(verb, "pods/portforward");

        var result = await new PermissionsCheck().AskAsync(kube.Execution(), default);

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Equal([$"{verb} pods/portforward in namespace \"default\""], result.Items.AsEnumerable());
    }

    [Fact]
    public async Task LogsThatMayNotBeRead_AreAWarning_ThatSaysWhatIsNotShown()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Server.Access.Deny("get", "pods/log");

        var result = await new PermissionsCheck().AskAsync(kube.Execution(), default);

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Contains("cannot show the log of a pod that does not start", result.Found, StringComparison.Ordinal);
        Assert.Equal(["get pods/log in namespace \"default\""], result.Items.AsEnumerable());
    }

    [Fact]
    public async Task TheRolesOfPachyderm_NeedTheirOwnPermissions()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7", runsPods: false);
        kube.Server.Access.Deny("escalate", "clusterroles");
        kube.Server.Access.DenyClusterWide("delete", "services");
        kube.Server.Access.DenyClusterWide("get", "pods/log");
        kube.Server.Access.DenyClusterWide("watch", "pods/log");

        var result = await new PermissionsCheck().AskAsync(kube.Execution(), default);

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Equal(
            [
                "get, watch pods/log in all namespaces, because a role of Pachyderm has it",
                "delete services in all namespaces, because a role of Pachyderm has it",
            ],
            result.Items.AsEnumerable());
    }

    [Theory]
    [InlineData(true, false, CheckOutcome.Passed)]
    [InlineData(true, true, CheckOutcome.Passed)]
    [InlineData(false, false, CheckOutcome.Refused)]
    [InlineData(false, true, CheckOutcome.Refused)]
    public async Task ARoleWithPathsOfTheApiServer_NeedsThemToo(bool mayReadPaths, bool listsNoRules, CheckOutcome outcome)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7", runsPods: false);
        var role = kube.Store.Find("clusterroles", "", "pachyderm")!;
        role["rules"]!.AsArray().Add(new JsonObject { ["nonResourceURLs"] = new JsonArray("/healthz"), ["verbs"] = new JsonArray("get") });
        kube.Store.Put("clusterroles", role);
        kube.Server.Access.Deny("escalate", "clusterroles");
        kube.Server.Access.AllowsPaths = mayReadPaths;
        kube.Server.Access.ListsNoRules = listsNoRules;

        var result = await new PermissionsCheck().AskAsync(kube.Execution(), default);

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(mayReadPaths ? [] : ["get /healthz of the API server, because a role of Pachyderm has it"], result.Items.AsEnumerable());
    }

    [Theory]
    [InlineData(true, CheckOutcome.Passed)]
    [InlineData(false, CheckOutcome.Refused)]
    public async Task AUserWhoMayEscalateAndBind_NeedsNoPermissionsOfTheRoles(bool mayBind, CheckOutcome outcome)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7", runsPods: false);
        kube.Server.Access.DenyClusterWide("delete", "services");
        if (!mayBind)
        {
            kube.Server.Access.Deny("bind", "clusterroles");
        }

        Assert.Equal(outcome, (await new PermissionsCheck().AskAsync(kube.Execution(), default)).Outcome);
    }

    [Theory]
    [InlineData(false, CheckOutcome.Refused)]
    [InlineData(true, CheckOutcome.Passed)]
    public async Task ATargetThatIsDeployedAlready_NeedsNoPermissionsOfTheRoles(bool isDeployed, CheckOutcome outcome)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7", runsPods: false);
        kube.Server.Access.Deny("escalate", "clusterroles");
        kube.Server.Access.DenyClusterWide("delete", "services");
        kube.Store.Put("namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "target" } });
        var beside = kube.Execution(kube.Cluster(), kube.Cluster("target", ("namespace", "target")));
        if (isDeployed)
        {
            var pachd = kube.Store.Find("deployments", "default", "pachd")!;
            pachd["metadata"]!["namespace"] = "target";
            kube.Store.Put("deployments", pachd);
        }

        Assert.Equal(outcome, (await new PermissionsCheck().AskAsync(beside, default)).Outcome);
    }

    [Fact]
    public async Task TheRolesOfTheTargetsOwnManifests_AreAskedFor_AndThoseThatABindingNames()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7", runsPods: false);
        await Kubectl.CreateAsync(kube.Server, RoleOf("nodes-admin", "nodes", "delete"));
        kube.Server.Access.Deny("escalate", "clusterroles");
        kube.Server.Access.DenyClusterWide("delete", "nodes");
        kube.Server.Access.DenyClusterWide("get", "configmaps");
        var folder = Directory.CreateDirectory(Path.Combine(kube.RunDirectory, "own")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "own.json"), RoleOf("own", "configmaps", "get") + """
            { "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": { "name": "b", "labels": { "suite": "pachyderm", "app": "" } },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "nodes-admin" },
              "subjects": [{ "kind": "ServiceAccount", "name": "pachyderm", "namespace": "default" }] }
            """);

        var result = await new PermissionsCheck().AskAsync(kube.Execution(kube.Cluster(), kube.Cluster("source", ("manifests", folder))), default);

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Equal(
            [
                "delete nodes in all namespaces, because a role of Pachyderm has it",
                "get configmaps in all namespaces, because a role of Pachyderm has it",
            ],
            result.Items.AsEnumerable());
    }

    private static string RoleOf(string name, string resource, string verb) =>
        $$"""
        { "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": { "name": "{{name}}" },
          "rules": [{ "apiGroups": [""], "resources": ["{{resource}}"], "verbs": ["{{verb}}"] }] }
        """;
}
