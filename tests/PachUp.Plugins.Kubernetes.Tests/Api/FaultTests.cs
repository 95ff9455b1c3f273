using System.Text.Json.Nodes;
using PachUp.KubeApiServer;
using PachUp.KubeApiServer.Requests;
using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;

namespace PachUp.Plugins.Kubernetes.Tests.Api;

/// <summary>Every kind of call meets every fault of a server, is sent again, and has the effect of one call.</summary>
public sealed class FaultTests
{
    private const string Maps = "/configmaps";

    private static readonly Dictionary<string, (string Method, Func<KubeApi, KubeCluster, Task> CallAsync)> Calls = new()
    {
        ["get"] = ("GET", async (api, _) => Assert.NotNull(await api.FindAsync(api.Catalogue.Get("ConfigMap"), "present", default))),
        ["list"] = ("GET", async (api, _) => Assert.Single(await api.ListAsync("ConfigMap", "", default))),
        ["create"] = ("POST", async (api, kube) =>
        {
            await api.CreateAsync(Map("new", "1"), default);
            Assert.Equal("1", ValueOf(kube, "new"));
        }
        ),
        ["replace"] = ("PUT", async (api, kube) =>
        {
            await api.ReplaceAsync(Changed(kube), default);
            Assert.Equal("2", ValueOf(kube, "present"));
        }
        ),
        ["patch"] = ("PATCH", async (api, kube) =>
        {
            await api.PatchAsync(api.Catalogue.Get("ConfigMap"), "present", PatchOf(kube), default);
            Assert.Equal("2", ValueOf(kube, "present"));
        }
        ),
        ["delete"] = ("DELETE", async (api, kube) =>
        {
            Assert.True(await api.DeleteAsync(Present(kube), default));
            Assert.Null(kube.Store.Find("configmaps", "default", "present"));
        }
        ),
        ["access review"] = ("POST", async (api, _) => Assert.True(await api.IsAllowedAsync("get", api.Catalogue.Get("Pod"), default))),
    };

    private static readonly Dictionary<string, Action<Faults, string, string>> Wrongs = new()
    {
        ["closed"] = (faults, method, path) => faults.Inject(method, path, error: null),
        ["closed twice"] = (faults, method, path) => faults.Inject(method, path, error: null, times: 2),
        ["answer lost"] = (faults, method, path) => faults.LoseAnswer(method, path),
        ["answer lost, then away"] = (faults, method, path) =>
        {
            faults.LoseAnswer(method, path);
            faults.Inject(method, path, error: null);
        },
        ["answer lost, then starting"] = (faults, method, path) =>
        {
            faults.LoseAnswer(method, path);
            faults.Inject(method, path, ApiException.Forbidden("user cannot do it, because no role is known yet"));
        },
        ["429"] = (faults, method, path) => faults.Inject(method, path, new ApiException(429, "TooManyRequests", "too many requests")),
        ["500"] = (faults, method, path) => faults.Inject(method, path, new ApiException(500, "InternalError", "etcdserver: request timed out")),
        ["502"] = (faults, method, path) => faults.Inject(method, path, new ApiException(502, "", "Bad Gateway")),
        ["503"] = (faults, method, path) => faults.Inject(method, path, new ApiException(503, "ServiceUnavailable", "apiserver is shutting down")),
        ["504"] = (faults, method, path) => faults.Inject(method, path, new ApiException(504, "Timeout", "the request did not complete within 60 s")),
        ["401 once"] = (faults, method, path) => faults.Inject(method, path, ApiException.Unauthorized()),
        ["401 for a while"] = (faults, method, path) => faults.Inject(method, path, ApiException.Unauthorized(), times: 5),
        ["token expired"] = (faults, _, _) => faults.Expire("test-token"),
    };

    public static TheoryData<string, string> EveryCallAndFault
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (call, fault) in Calls.Keys.SelectMany(call => Wrongs.Keys.Select(fault => (call, fault))))
            {
                rows.Add(call, fault);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(EveryCallAndFault))]
    public async Task ACallThatMeetsAFault_IsDoneOnce(string call, string fault)
    {
        await using var kube = await StartAsync();
        var api = await OpenAsync(kube);
        var (method, callAsync) = Calls[call];
        await kube.LogInAsync("next-token");

        Wrongs[fault](kube.Server.Faults, method, call == "access review" ? "/selfsubjectaccessreviews" : Maps);
        await callAsync(api, kube);

        Assert.Equal(call == "create" ? 2 : call == "delete" ? 0 : 1, kube.Store.List("configmaps").Count);
    }

    [Theory]
    [InlineData("closed", "cannot be reached")]
    [InlineData("429", "too many requests")]
    [InlineData("500", "etcdserver: request timed out")]
    [InlineData("401", "Unauthorized")]
    public async Task AFaultThatStays_EndsTheCall_WithTheReasonAndTheAttempts(string fault, string reason)
    {
        await using var kube = await StartAsync();
        var api = await OpenAsync(kube, retry: TimeSpan.FromMilliseconds(50));
        ApiException? error = fault switch
        {
            "429" => new ApiException(429, "TooManyRequests", reason) { RetryAfterSeconds = 3600 },
            "500" => new ApiException(500, "InternalError", reason),
            "401" => ApiException.Unauthorized(),
            _ => null,
        };
        kube.Server.Faults.Inject("", Maps, error, times: int.MaxValue);

        var failure = await Assert.ThrowsAsync<KubeException>(() => api.ListAsync("ConfigMap", "", default));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains("PachUp tried", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALoginThatNeverWorked_IsNotTriedAgain()
    {
        await using var kube = await StartAsync();
        kube.Server.Faults.Expire("test-token");

        var failure = await Assert.ThrowsAsync<Sdk.StepFailedException>(() => OpenAsync(kube));

        Assert.Matches("^Kubernetes \\(context \"[a-z-]+\"\\): the login is not accepted \\(Unauthorized\\)$", failure.Message);
    }

    [Fact]
    public async Task ALoginThatIsRefusedLater_EndsTheStep_AndTheRemedyIsANewLogin()
    {
        await using var kube = await StartAsync();
        await OpenAsync(kube);
        kube.Server.Faults.Expire("test-token");

        var failure = await Assert.ThrowsAsync<Sdk.StepFailedException>(() => kube.Platform.FindLockAsync(kube.Cluster(), default));

        Assert.StartsWith("Kubernetes: the login is not accepted (Unauthorized)", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Log in again", failure.Remedy, StringComparison.Ordinal);
    }

    // A lost answer must not hide what another user did.
    [Theory]
    [InlineData("create")]
    [InlineData("replace")]
    [InlineData("patch")]
    public async Task AChangeByAnotherUser_IsStillAConflict_AfterALostRequest(string call)
    {
        await using var kube = await StartAsync();
        var api = await OpenAsync(kube);
        var (replacement, patch) = (Changed(kube), PatchOf(kube));
        kube.Server.Faults.Inject(Calls[call].Method, Maps, error: null);
        kube.Server.Faults.Interfere(Calls[call].Method, Maps, () =>
        {
            kube.Store.Put("configmaps", Map("new", "theirs"));
            kube.Store.Put("configmaps", Map("present", "theirs"));
        });

        var failure = await Assert.ThrowsAsync<KubeException>(() => call switch
        {
            "create" => api.CreateAsync(Map("new", "1"), default),
            "replace" => api.ReplaceAsync(replacement, default),
            _ => api.PatchAsync(api.Catalogue.Get("ConfigMap"), "present", patch, default),
        });

        Assert.True(failure.IsConflict);
        Assert.Equal("theirs", ValueOf(kube, call == "create" ? "new" : "present"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnObjectOfAnotherUserWithTheSameName_IsNotDeleted(bool losesAnswer)
    {
        await using var kube = await StartAsync();
        var api = await OpenAsync(kube);
        var ours = Present(kube);
        if (losesAnswer)
        {
            kube.Server.Faults.LoseAnswer("DELETE", Maps);
        }

        kube.Server.Faults.Interfere("DELETE", Maps, () => kube.Store.Put("configmaps", Map("present", "theirs")));

        Assert.Equal(losesAnswer, await api.DeleteAsync(ours, default));
        Assert.Equal("theirs", ValueOf(kube, "present"));
    }

    [Fact]
    public async Task ANameThatIsNotFreeYet_IsWaitedFor()
    {
        await using var kube = await StartAsync();
        var api = await OpenAsync(kube);
        kube.Server.Faults.Inject("POST", Maps, new ApiException(409, "AlreadyExists", "object is being deleted: configmaps \"new\" already exists"));

        await api.CreateAsync(Map("new", "1"), default);

        Assert.Equal("1", ValueOf(kube, "new"));
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("410")]
    [InlineData("500")]
    [InlineData("token expired")]
    public async Task AWatchThatMeetsAFault_CanBeStartedAgain(string fault)
    {
        await using var kube = await StartAsync();
        var api = await OpenAsync(kube);
        var (_, version) = await api.ListAtAsync("ConfigMap", "", default);
        await kube.LogInAsync("next-token");
        switch (fault)
        {
            case "token expired":
                kube.Server.Faults.Expire("test-token");
                break;
            case "closed":
                kube.Server.Faults.Inject("GET", Maps, error: null);
                break;
            default:
                kube.Server.Faults.Inject("GET", Maps, new ApiException(int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture), "", "gone"));
                break;
        }

        if (fault != "token expired")
        {
            await Assert.ThrowsAsync<KubeException>(() => api.UntilChangeAsync("ConfigMap", "", version, default));
        }

        kube.Store.Put("configmaps", Map("new", "1"));
        await api.UntilChangeAsync("ConfigMap", "", version, default);
    }

    [Theory]
    [InlineData("closed", true)]
    [InlineData("503", true)]
    [InlineData("401", true)]
    [InlineData("500", false)]
    [InlineData("403", false)]
    public async Task APortForwardThatMeetsAFault_SaysWhetherItMayPass(string fault, bool mayPass)
    {
        await using var kube = await StartAsync();
        var api = await OpenAsync(kube);
        ApiException? error = fault == "closed" ? null : new ApiException(int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture), "Fault", "a fault");
        kube.Server.Faults.Inject("GET", "/portforward", error, times: 10);

        var failure = await Assert.ThrowsAsync<ForwardException>(() => PortForward.TryAsync(api, new PodPort("pachd-0", 650), default));

        Assert.Equal(mayPass, failure.Trouble.MayPass);
    }

    [Fact]
    public async Task APortForwardWithAnExpiredToken_IsOpenedWithTheNextOne()
    {
        await using var kube = await StartAsync();
        var api = await OpenAsync(kube);
        kube.Store.Put("pods", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "pachd-0", ["namespace"] = "default" } });
        await kube.LogInAsync("next-token");
        kube.Server.Faults.Expire("test-token");

        await PortForward.TryAsync(api, new PodPort("pachd-0", 650), default);
    }

    private static async Task<KubeCluster> StartAsync()
    {
        var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Store.Put("configmaps", Map("present", "1"));
        return kube;
    }

    private static Task<KubeApi> OpenAsync(KubeCluster kube, TimeSpan? retry = null)
    {
        var timeouts = PachdTimeouts.Default with { Pause = TimeSpan.FromMilliseconds(1), Retry = retry ?? PachdTimeouts.Default.Retry };
        return KubeConnection.OpenAsync(kube.Cluster() with { Address = new ClusterAddress { Host = "127.0.0.1", Timeouts = timeouts } }, default);
    }

    private static JsonObject Map(string name, string value) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default", ["uid"] = Guid.NewGuid().ToString() },
        ["data"] = new JsonObject { ["value"] = value },
    };

    private static JsonObject Present(KubeCluster kube)
    {
        var present = kube.Store.Find("configmaps", "default", "present")!;
        (present["apiVersion"], present["kind"]) = ("v1", "ConfigMap");
        return present;
    }

    private static JsonObject Changed(KubeCluster kube)
    {
        var changed = Present(kube);
        changed.Child("data")["value"] = "2";
        return changed;
    }

    private static JsonObject PatchOf(KubeCluster kube) => new()
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = Present(kube).Metadata().Text("resourceVersion") },
        ["data"] = new JsonObject { ["value"] = "2", ["other"] = null },
    };

    private static string ValueOf(KubeCluster kube, string name) => kube.Store.Find("configmaps", "default", name)!.Child("data").Text("value");
}
