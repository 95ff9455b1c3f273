using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Authentication;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>
/// A login with the output of a plugin, as <c>exec</c> of a user defines it. The plugin is run again shortly before the token expires.
/// </summary>
internal sealed class ExecLogin : ITokenProvider
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly KubeConfigNode _user;
    private readonly KubeConfigNode _exec;
    private readonly KubePlace _place;
    private readonly TimeProvider _time;
    private JsonObject _status = [];

    private ExecLogin(KubeConfigNode user, KubeConfigNode exec, KubePlace place, TimeProvider time) =>
        (_user, _exec, _place, _time) = (user, exec, place, time);

    /// <summary>Whether the plugin gave a token.</summary>
    public bool HasToken => _status.Text("token").Length > 0;

    /// <summary>The certificate from the plugin, in PEM format; empty for none.</summary>
    public string Certificate => _status.Text("clientCertificateData");

    /// <summary>The key of the certificate, in PEM format; empty for none.</summary>
    public string Key => _status.Text("clientKeyData");

    /// <summary>Runs the plugin.</summary>
    /// <exception cref="Sdk.StepFailedException">It is not installed, fails, or prints no login.</exception>
    public static async Task<ExecLogin> RunAsync(KubeConfigNode user, KubeConfigNode exec, KubePlace place, TimeProvider time, CancellationToken cancellationToken)
    {
        var login = new ExecLogin(user, exec, place, time);
        await login.RefreshAsync(cancellationToken);
        return login;
    }

    /// <inheritdoc/>
    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        if (DateTimeOffset.TryParse(_status.Text("expirationTimestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiry) && expiry - Margin <= _time.GetUtcNow())
        {
            await RefreshAsync(cancellationToken);
        }

        return new AuthenticationHeaderValue("Bearer", _status.Text("token"));
    }

    private string Command => _exec.Text("command") ?? throw _user.Wrong("exec.command", "is missing");

    private string ApiVersion => _exec.Text("apiVersion") ?? throw _user.Wrong("exec.apiVersion", "is missing");

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var output = await RunPluginAsync(cancellationToken);
        var credential = Parse(output) ?? throw Failed("prints no ExecCredential in JSON");
        if (credential.Text("apiVersion") != ApiVersion)
        {
            throw Failed($"prints a login of version \"{credential.Text("apiVersion")}\", but the kubeconfig requires \"{ApiVersion}\"");
        }

        _status = credential.Child("status");
        if (!(HasToken ? TokenFile.IsToken(_status.Text("token")) : Certificate.Length > 0 && Key.Length > 0))
        {
            throw Failed("prints neither a token nor a certificate with its key");
        }
    }

    private async Task<string> RunPluginAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        using var process = Start();
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return process.ExitCode == 0 ? output : throw Failed($"ended with the exit code {process.ExitCode}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed($"has not ended after {Timeout.TotalMinutes} minutes");
        }
    }

    /// <summary>Messages of the plugin to the user, such as where to log in, go to standard error.</summary>
    private Process Start()
    {
        var start = new ProcessStartInfo(CommandPath) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in _exec.Texts("args"))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var variable in _exec.Items("env"))
        {
            start.Environment[variable.Text("name") ?? throw _user.Wrong("exec.env", "has an entry without a name")] = variable.Text("value") ?? "";
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = Info().ToJsonString();
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            const int notFound = 2;
            throw Failed(e.NativeErrorCode == notFound ? "is not installed, or not in PATH" : "cannot be started", e);
        }
    }

    /// <summary>A path with folders is relative to the kubeconfig, as for kubectl; a name alone is looked for in PATH.</summary>
    private string CommandPath => Command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? _exec.PathIn("command")! : Command;

    private JsonObject Info()
    {
        var spec = new JsonObject { ["interactive"] = _exec.Text("interactiveMode") != "Never" && !Console.IsInputRedirected };
        if (_exec.Flag("provideClusterInfo"))
        {
            var cluster = new JsonObject { ["server"] = _place.Server.OriginalString };
            foreach (var key in new[] { "tls-server-name", "certificate-authority-data", "proxy-url" })
            {
                if (_place.Cluster.Text(key) is { } value)
                {
                    cluster[key] = value;
                }
            }

            if (_place.Cluster.Flag("insecure-skip-tls-verify"))
            {
                cluster["insecure-skip-tls-verify"] = true;
            }

            spec["cluster"] = cluster;
        }

        return new JsonObject { ["kind"] = "ExecCredential", ["apiVersion"] = ApiVersion, ["spec"] = spec };
    }

    private Sdk.StepFailedException Failed(string problem, Exception? cause = null) => _user.Unusable(
        $"{_user.Owner} logs in with the plugin \"{Command}\", which {problem}",
        _exec.Text("installHint")?.Trim() is { } hint ? $"The kubeconfig says: {hint}" : $"Run it by hand to see its messages: {string.Join(' ', [Command, .. _exec.Texts("args")])}",
        cause);

    private static JsonObject? Parse(string output)
    {
        try
        {
            return JsonNode.Parse(output) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
