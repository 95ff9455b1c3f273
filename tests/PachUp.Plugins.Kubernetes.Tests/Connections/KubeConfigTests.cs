using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Settings;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Plugins.Kubernetes.Tests.Connections;

/// <summary>Kubeconfigs as people have them, and what is said about those that cannot be used.</summary>
public sealed class KubeConfigTests : IDisposable
{
    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnEmptyFileAlone_HasNoContexts_AndIsNamed()
    {
        var file = Write("empty", "");

        Assert.Equal($"there are no contexts in the kubeconfig \"{file}\"", FailureOf(() => Find(file)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("null\n")]
    [InlineData("apiVersion: v1\nkind: Config\nclusters: null\ncontexts: null\nusers: null\n")]
    public void InAList_AFileWithoutContexts_LeavesTheOthers(string empty)
    {
        var (first, second) = (Write("empty", empty), Write("good", ConfigOf("token: t")));

        Assert.Equal("prod", Find($"{second}:{first}").Context);
        Assert.Equal("prod", Find($"{first}:{second}:{_folder.File("nowhere")}").Context);
    }

    [Fact]
    public async Task OfTwoEntriesWithOneName_TheFirstCounts_AndPathsAreRelativeToTheirOwnFile()
    {
        Directory.CreateDirectory(_folder.File("other"));
        await File.WriteAllTextAsync(Path.Combine(_folder.File("other"), "token.txt"), "from-the-other-folder\n");
        var first = Write("first", "clusters: [{ name: prod, cluster: { server: 'https://first:6443' } }]\n");
        var second = Path.Combine(_folder.File("other"), "config");
        await File.WriteAllTextAsync(second, ConfigOf("tokenFile: token.txt"));

        var place = Find($"{first}:{second}");
        var configuration = await KubeLogin.ConfigureAsync(place, TimeProvider.System, Never);

        Assert.Equal("https://first:6443", configuration.Host);
        Assert.Equal("from-the-other-folder", await TokenOf(configuration));
    }

    [Fact]
    public async Task ATokenFile_IsReadAgain_AndItsLastTokenCountsWhileItIsGone()
    {
        var file = Write("config", ConfigOf("tokenFile: token.txt"));
        var token = Write("token.txt", "one\n");
        var configuration = await KubeLogin.ConfigureAsync(Find(file), TimeProvider.System, Never);

        var first = await TokenOf(configuration);
        await File.WriteAllTextAsync(token, "two\n");
        var second = await TokenOf(configuration);
        File.Delete(token);

        Assert.Equal(("one", "two", "two"), (first, second, await TokenOf(configuration)));
    }

    [Theory]
    [InlineData("gcp", "access-token: ya29.example, expiry: '2021-03-01T10:00:00Z'", "and its \"access-token\" expired at 2021-03-01 10:00:00 UTC", "gcloud container clusters get-credentials east --location us-east1-b --project example")]
    [InlineData("gcp", "access-token: ya29.example, expiry: 'soon'", "and its \"access-token\" expired at 1970-01-01 00:00:00 UTC", "gke-gcloud-auth-plugin")]
    [InlineData("azure", "apiserver-id: 1, environment: AzurePublicCloud", "and it has no \"access-token\"", "kubelogin convert-kubeconfig")]
    [InlineData("azure", "access-token: abc, expires-on: '1614592800'", "and its \"access-token\" expired at 2021-03-01 10:00:00 UTC", "kubelogin convert-kubeconfig")]
    [InlineData("oidc", "client-id: kubernetes, idp-issuer-url: 'https://idp.example.com', id-token: a.b.c, refresh-token: r", "and its \"id-token\" cannot be read", "kubectl oidc-login setup --oidc-issuer-url=https://idp.example.com --oidc-client-id=kubernetes")]
    [InlineData("oidc", "id-token: eyJhbGciOiJub25lIn0.eyJleHAiOjE2MTQ1OTI4MDB9.x", "and its \"id-token\" expired at 2021-03-01 10:00:00 UTC", "kubectl --context prod get namespaces")]
    [InlineData("openstack", "x: y", "and it has no \"access-token\"", "\"exec\" plugin")]
    public async Task ALoginOfEarlierClients_IsNamed_WithTheCommandThatWritesANewOne(string provider, string config, string problem, string remedy)
    {
        var file = Write("config", ConfigOf($"auth-provider: {{ name: {provider}, config: {{ {config} }} }}", cluster: "gke_example_us-east1-b_east"));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => KubeLogin.ConfigureAsync(Find(file), TimeProvider.System, Never));

        Assert.Equal(
            $"the kubeconfig \"{file}\" cannot be used: user \"operator\" uses the auth-provider \"{provider}\", "
            + $"which PachUp's Kubernetes client library does not support any more, {problem}",
            failure.Message);
        Assert.Contains(remedy, failure.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gcp", "access-token: ya29.example, expiry: '2021-03-01T10:00:00Z'", "ya29.example")]
    [InlineData("azure", "access-token: abc, expires-on: '1614592800'", "abc")]
    [InlineData("oidc", "id-token: eyJhbGciOiJub25lIn0.eyJleHAiOjE2MTQ1OTI4MDB9.x", "eyJhbGciOiJub25lIn0.eyJleHAiOjE2MTQ1OTI4MDB9.x")]
    public async Task ALoginOfEarlierClients_IsUsedWhileItIsValid(string provider, string config, string token)
    {
        var file = Write("config", ConfigOf($"auth-provider: {{ name: {provider}, config: {{ {config} }} }}"));

        var configuration = await KubeLogin.ConfigureAsync(Find(file), new StoppedTime("2021-03-01T09:59:00Z"), Never);

        Assert.Equal(token, configuration.AccessToken);
    }

    [Theory]
    [InlineData("client-certificate-data: '%%%not-base64%%%', client-key-data: bm90IGEgY2VydGlmaWNhdGU=", "\"client-certificate-data\" of user \"operator\" is not base64")]
    [InlineData("client-certificate-data: bm90IGEgY2VydGlmaWNhdGU=, client-key-data: '%'", "\"client-key-data\" of user \"operator\" is not base64")]
    [InlineData("client-certificate-data: bm90IGEgY2VydGlmaWNhdGU=, client-key-data: bm90IGEgY2VydGlmaWNhdGU=", "\"client-certificate\" of user \"operator\" and \"client-key\" are not a certificate and its key in PEM form")]
    [InlineData("client-certificate-data: bm90IGEgY2VydGlmaWNhdGU=", "\"client-key\" of user \"operator\" is missing, but there is a \"client-certificate\"")]
    [InlineData("client-certificate: nowhere.pem, client-key: nowhere.key", "\"client-certificate\" of user \"operator\" names a file that cannot be read: ")]
    [InlineData("tokenFile: nowhere.txt", "\"tokenFile\" of user \"operator\" names a file that cannot be read: ")]
    [InlineData("tokenFile: config", "which contains no token")]
    [InlineData("token: \"abc\\ndef\"", "\"token\" of user \"operator\" is not a valid token: it contains a line break or a space")]
    [InlineData("token: [a]", "\"token\" of user \"operator\" is not a single value")]
    [InlineData("exec: { command: x }", "\"exec.apiVersion\" of user \"operator\" is missing")]
    [InlineData("exec: { apiVersion: client.authentication.k8s.io/v1, command: x, args: { a: b } }", "\"args\" of user \"operator\" is not a list")]
    public async Task AKeyThatCannotBeUsed_IsNamed_WithItsUserAndItsFile(string user, string problem)
    {
        var file = Write("config", ConfigOf(user));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => KubeLogin.ConfigureAsync(Find(file), TimeProvider.System, Never));

        Assert.StartsWith($"the kubeconfig \"{file}\" cannot be used: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("certificate-authority-data: '%'", "\"certificate-authority-data\" of cluster \"prod\" is not base64")]
    [InlineData("certificate-authority-data: bm90IGEgY2VydGlmaWNhdGU=", "\"certificate-authority\" of cluster \"prod\" contains no certificate in PEM format")]
    [InlineData("certificate-authority: nowhere.pem", "\"certificate-authority\" of cluster \"prod\" names a file that cannot be read: ")]
    [InlineData("insecure-skip-tls-verify: perhaps", "\"insecure-skip-tls-verify\" of cluster \"prod\" is \"perhaps\", not true or false")]
    [InlineData("server: 'localhost:6443'", "\"server\" of cluster \"prod\" is \"localhost:6443\", not https://HOST:PORT")]
    [InlineData("server: ''", "\"server\" of cluster \"prod\" is missing")]
    public async Task AKeyOfTheCluster_IsNamedToo(string key, string problem)
    {
        var file = Write("config", ConfigOf("token: t").Replace(
            "server: 'https://127.0.0.1:6443'", key.StartsWith("server", StringComparison.Ordinal) ? key : $"server: 'https://127.0.0.1:6443', {key}", StringComparison.Ordinal));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => KubeLogin.ConfigureAsync(Find(file), TimeProvider.System, Never));

        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: [", "it is not valid YAML at line ")]
    [InlineData("a: 1\na: 2\n", "it is not valid YAML at line 2, column 1: ")]
    [InlineData("[]", "it contains a list, not the keys of a kubeconfig")]
    [InlineData("hello", "it contains a single value, not the keys of a kubeconfig")]
    [InlineData("contexts: {}", "\"contexts\" of the file is not a list")]
    [InlineData("contexts: [prod]", "\"contexts\" of the file is not a list of keys and values")]
    [InlineData("contexts: [{ context: { cluster: c } }]", "\"contexts\" of the file has an entry without a name")]
    [InlineData("contexts: [{ name: c, context: [] }]", "\"context\" of context \"c\" does not contain keys and values")]
    [InlineData("contexts: [{ name: c, context: { cluster: gone } }]\ncurrent-context: c", "\"cluster\" of context \"c\" is \"gone\", but there is no cluster with this name")]
    [InlineData("contexts: [{ name: c, context: { user: u } }]\ncurrent-context: c", "\"cluster\" of context \"c\" is missing")]
    [InlineData("contexts: [{ name: c, context: { cluster: d, user: gone } }]\nclusters: [{ name: d, cluster: { server: 'http://h' } }]\nusers: [{ name: u, user: { token: t } }]\ncurrent-context: c", "\"user\" of context \"c\" is \"gone\", but there is no user with this name, only u")]
    public void AFileThatCannotBeUnderstood_IsNamed_WithWhatIsWrong(string text, string problem)
    {
        var file = Write("config", text);

        var failure = FailureOf(() => Find(file));

        Assert.StartsWith($"the kubeconfig \"{file}\" cannot be used: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AContextThatIsNotThere_IsRefused_WithThoseThatAre()
    {
        var file = Write("config", ConfigOf("token: t"));
        var without = Write("without", ConfigOf("token: t").Replace("current-context: prod", "", StringComparison.Ordinal));

        Assert.Equal("Choose one with --kube-context: prod.", FailureOf(() => Find(file, "production")).Remedy);
        Assert.Equal($"the kubeconfig \"{without}\" has no \"current-context\"", FailureOf(() => Find(without)).Message);
    }

    [Fact]
    public async Task APluginThatIsNotInstalled_IsNamed_WithTheHintOfTheKubeconfig()
    {
        var file = Write("config", ConfigOf(
            "exec: { apiVersion: client.authentication.k8s.io/v1beta1, command: no-such-auth-plugin, installHint: Install no-such-auth-plugin, interactiveMode: Never, provideClusterInfo: true }"));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => KubeLogin.ConfigureAsync(Find(file), TimeProvider.System, Never));

        Assert.Equal(
            $"the kubeconfig \"{file}\" cannot be used: user \"operator\" logs in with the plugin \"no-such-auth-plugin\", which is not installed, or not in PATH",
            failure.Message);
        Assert.Equal("The kubeconfig says: Install no-such-auth-plugin", failure.Remedy);
    }

    [Theory]
    [InlineData("exit 3", "ended with the exit code 3")]
    [InlineData("echo hello", "prints no ExecCredential in JSON")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1alpha1\"}'", "prints a login of version \"client.authentication.k8s.io/v1alpha1\"")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{}}'", "prints neither a token nor a certificate with its key")]
    public async Task APluginThatFails_IsNamed_WithTheWayToTryIt(string script, string problem)
    {
        var file = Write("config", ExecOf(script));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => KubeLogin.ConfigureAsync(Find(file), TimeProvider.System, Never));

        Assert.Contains($"logs in with the plugin \"./plugin\", which {problem}", failure.Message, StringComparison.Ordinal);
        Assert.Equal("Run it by hand to see its messages: ./plugin get-token --name two words", failure.Remedy);
    }

    [Fact]
    public async Task APlugin_GetsItsArgumentsOneByOne_AndIsRunAgainWhenItsTokenExpires()
    {
        var file = Write("config", ExecOf("""
            echo x >> runs; printf '{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":"%s/%s/%s","expirationTimestamp":"2021-03-01T10:00:00Z"}}' "$#" "$SOME" "$(wc -l < runs)"
            """));
        var time = new StoppedTime("2021-03-01T09:00:00Z");

        var configuration = await KubeLogin.ConfigureAsync(Find(file), time, Never);
        var (first, second) = (await TokenOf(configuration), await TokenOf(configuration));
        time.Now = time.Now.AddHours(1);

        Assert.Equal(("3/value/1", "3/value/1"), (first, second));
        Assert.Equal("3/value/2", await TokenOf(configuration));
    }

    [Fact]
    public async Task ACertificateOfAUser_IsUsed()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=operator", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Write("operator.pem", certificate.ExportCertificatePem());
        Write("operator.key", key.ExportPkcs8PrivateKeyPem());
        var file = Write("config", ConfigOf("client-certificate: operator.pem, client-key: operator.key"));

        using var client = new k8s.Kubernetes(await KubeLogin.ConfigureAsync(Find(file), TimeProvider.System, Never));

        Assert.Equal("https://127.0.0.1:6443/", client.BaseUri.AbsoluteUri);
    }

    [Fact]
    public async Task AProxyOfTheCluster_IsUsed_AndNamedWhenItFails()
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var url = $"http://{proxy.LocalEndpoint}";
        var file = Write("config", ConfigOf("token: t").Replace("cluster: { server", $"cluster: {{ proxy-url: '{url}', server", StringComparison.Ordinal));
        var settings = new KubeSettings { KubeConfig = file };

        var opening = KubeConnection.OpenAsync(settings, PachdTimeouts.Default with { Retry = TimeSpan.Zero }, Never);
        using (var client = await proxy.AcceptTcpClientAsync())
        using (var reader = new StreamReader(client.GetStream(), Encoding.ASCII))
        {
            Assert.Equal("CONNECT 127.0.0.1:6443 HTTP/1.1", await reader.ReadLineAsync());
            await client.GetStream().WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            Assert.Contains(
                $"cannot be reached through the proxy {url} (from \"proxy-url\" of cluster \"prod\" in \"{file}\"): ",
                (await Assert.ThrowsAsync<StepFailedException>(() => opening)).Message,
                StringComparison.Ordinal);
        }

        proxy.Stop();
        var dead = await Assert.ThrowsAsync<StepFailedException>(() => KubeConnection.OpenAsync(settings, PachdTimeouts.Default with { Retry = TimeSpan.Zero }, Never));
        Assert.Contains($"cannot be reached through the proxy {url} (from", dead.Message, StringComparison.Ordinal);
    }

    private static KubePlace Find(string files, string? context = null) => KubeConfigFiles.Find(new KubeSettings { KubeConfig = files, Context = context })!;

    private static StepFailedException FailureOf(Func<object?> find) => Assert.Throws<StepFailedException>(() => find());

    private static async Task<string> TokenOf(KubernetesClientConfiguration configuration) =>
        (await configuration.TokenProvider.GetAuthenticationHeaderAsync(Never)).Parameter!;

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }

    private static string ConfigOf(string user, string cluster = "prod") => $$"""
        apiVersion: v1
        kind: Config
        current-context: prod
        clusters: [{ name: {{cluster}}, cluster: { server: 'https://127.0.0.1:6443' } }]
        contexts: [{ name: prod, context: { cluster: {{cluster}}, user: operator, namespace: pachyderm } }]
        users: [{ name: operator, user: { {{user}} } }]
        """;

    /// <summary>A kubeconfig beside a plugin, which it names as kubectl allows: relative to its own folder.</summary>
    private string ExecOf(string script)
    {
        var plugin = Write("plugin", $"#!/bin/sh\ncd \"$(dirname \"$0\")\"\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(plugin, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return ConfigOf(
            "exec: { apiVersion: client.authentication.k8s.io/v1, command: ./plugin, args: [get-token, --name, two words], env: [{ name: SOME, value: value }] }");
    }

    private sealed class StoppedTime(string now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
