using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>Saves the deployment as manifests in the run directory.</summary>
internal sealed class SaveAction(ActionContext actionContext) : IKubernetesAction
{
    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var manifests = Deployed(await Suite.ReadRecentAsync(actionContext.Api, cancellationToken));
        return new StepPreview($"Saves the {manifests.Objects.Length} objects of Pachyderm in namespace \"{actionContext.Api.Namespace}\" as manifests in the run directory")
        {
            Effects = [.. manifests.Objects.Select(value => new Effect("write", $"manifest of {value.Title()}"))],
            Notes = ["They include secrets; only the owner of the run directory can read it."],
        };
    }

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        // What the check has just read is recent enough: between saving and undeploying, the whole state is extracted.
        var manifests = Deployed(await Suite.ReadRecentAsync(actionContext.Api, cancellationToken));
        ManifestFolder.Write(ActionContext.SavedFolder(execution), manifests.Cleaned());
        return new StepResult($"Saved {manifests.Objects.Length} objects of namespace \"{actionContext.Api.Namespace}\"");
    }

    public Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult($"The manifests stay in \"{ActionContext.SavedFolder(execution)}\""));

    /// <exception cref="StepFailedException">The namespace has no Pachyderm, or two of them.</exception>
    private static DeploymentManifests Deployed(Suite suite)
    {
        suite.RequirePachd();
        return suite.Deployed;
    }
}
