using System.Diagnostics;
using System.Text.Json.Nodes;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>Gets manifests from the pachctl of a release.</summary>
internal static class PachctlManifests
{
    /// <param name="path">The pachctl.</param>
    /// <param name="arguments">The arguments of its <c>deploy</c>, separated by spaces.</param>
    /// <param name="release">The required release of pachctl.</param>
    /// <param name="ns">The namespace to deploy to.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">pachctl is missing, has another release, fails, or prints manifests for another namespace.</exception>
    public static async Task<DeploymentManifests> PrintAsync(string path, string arguments, Release release, string ns, CancellationToken cancellationToken)
    {
        var version = (await RunAsync(path, ["version", "--client-only"], cancellationToken)).Trim();
        if (version != release.ToString())
        {
            throw new StepFailedException(
                $"\"{path}\" is the pachctl of {version}, but the plan deploys {release}", $"Give the path of the pachctl of {release}: \"pachctlPath\" in the plan's cluster.");
        }

        var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var printed = await RunAsync(path, ["deploy", .. words, "--dry-run"], cancellationToken);
        var objects = ManifestFolder.Parse(printed, $"{path} deploy {arguments} --dry-run");
        ThrowUnlessFor(ns, objects, path, arguments);
        return new DeploymentManifests(objects);
    }

    // Bindings contain the namespace of their account, so changing only the namespace of the objects is not enough.
    private static void ThrowUnlessFor(string ns, IReadOnlyList<JsonObject> objects, string path, string arguments)
    {
        if (objects.FirstOrDefault(value => value.Kind() == "ServiceAccount") is not { } account)
        {
            throw new StepFailedException($"\"{path} deploy {arguments} --dry-run\" prints no deployment of Pachyderm", "Try the same command by hand.");
        }

        if (account.Namespace() is { Length: > 0 } printed && printed != ns)
        {
            throw new StepFailedException(
                $"\"{path} deploy {arguments} --dry-run\" prints objects for namespace \"{printed}\", but the plan deploys to namespace \"{ns}\"",
                $"Add \"--namespace {ns}\" to \"pachctl\" in the plan's cluster.");
        }
    }

    private static async Task<string> RunAsync(string path, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? await output
                : throw new StepFailedException($"\"{path} {string.Join(' ', arguments)}\" failed with exit code {process.ExitCode}: {(await errors).Trim()}", "Try the same command by hand.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new StepFailedException(
                $"\"{path}\" cannot be started: {e.Message}", "Install the pachctl of the new release, or give its path: \"pachctlPath\" in the plan's cluster.", e);
        }
    }
}
