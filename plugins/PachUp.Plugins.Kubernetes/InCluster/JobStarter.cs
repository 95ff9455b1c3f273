using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>Creates a Job and the objects that it needs.</summary>
/// <param name="run">Its task.</param>
/// <param name="place">Its namespaces.</param>
/// <param name="newest">The Job before it; null if there was none.</param>
/// <param name="deployed">The deployment in its namespace.</param>
internal sealed class JobStarter(RemoteRun run, JobPlace place, JobState? newest, DeploymentManifests deployed)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly JobObjects _objects = new(run, JobState.NameAfter(newest), place.Home.Namespace, place.Server, place.Context);

    /// <summary>Reads the existing objects.</summary>
    /// <exception cref="StepFailedException">A Job must not be created now; the message says why.</exception>
    public static async Task<JobStarter> OpenAsync(RemoteRun run, CancellationToken cancellationToken)
    {
        var place = await JobPlace.OpenAsync(run.Clusters, cancellationToken);
        await JobPermissions.RequireAsync(place, cancellationToken);
        await RequireNamespacesAsync(place, cancellationToken);
        var newest = await JobState.ReadNewestAsync(place.Home, cancellationToken);
        if (newest is { IsActive: true })
        {
            throw Another(newest.Name, place);
        }

        var starter = new JobStarter(run, place, newest, (await Suite.ReadAsync(place.Home, cancellationToken)).Deployed);
        if (run.Plan is null)
        {
            await starter.RequireRunsAsync(cancellationToken);
        }

        return starter;
    }

    /// <summary>What would be created.</summary>
    public async Task<RemotePreview> PreviewAsync(CancellationToken cancellationToken)
    {
        var changes = await ChangesAsync(cancellationToken);
        var secret = _objects.Secret(await PreviousSecretAsync(cancellationToken));
        var own = new[] { _objects.Files(), Masked(secret), _objects.Job(secret) };
        return new RemotePreview
        {
            Effects = [.. changes.Select(change => Describe(change.Change)), .. own.Select(value => new Effect("create", value.Title()))],
            Manifests = Text([.. changes.Where(change => !change.Change.IsNothing).Select(change => change.Change.Wanted), .. own]),
        };
    }

    /// <summary>Creates everything, the Job before its files: of two Jobs with one name, the server refuses the second.</summary>
    /// <returns>The Job.</returns>
    /// <exception cref="StepFailedException">Another user created one in the meantime, or the server refuses something.</exception>
    public async Task<JsonObject> StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (api, change) in await ChangesAsync(cancellationToken))
        {
            await new Applier(api).ApplyAsync(new DeploymentManifests([change.Wanted]), cancellationToken);
        }

        var secret = _objects.Secret(await PreviousSecretAsync(cancellationToken));
        var job = await CreateJobAsync(_objects.Job(secret), cancellationToken);
        try
        {
            await place.Home.CreateAsync(JobObjects.OwnedBy(job, _objects.Files()), cancellationToken);
            await place.Home.CreateAsync(JobObjects.OwnedBy(job, secret), cancellationToken);
            return job;
        }
        catch (KubeException)
        {
            // Without its files its pod would wait forever.
            await place.Home.DeleteAsync(job, CancellationToken.None);
            throw;
        }
    }

    private async Task<JsonObject> CreateJobAsync(JsonObject job, CancellationToken cancellationToken)
    {
        try
        {
            return await place.Home.CreateAsync(job, cancellationToken);
        }
        catch (KubeException e) when (e.IsConflict)
        {
            throw Another(job.Name(), place);
        }
    }

    // When a run is continued, its cluster roles may already be undeployed, but the account still needs their permissions. So existing objects are
    // not
    // changed then. A claim is never changed.
    private async Task<IReadOnlyList<(KubeApi Api, ObjectChange Change)>> ChangesAsync(CancellationToken cancellationToken)
    {
        var access = new JobAccess(place.Home.Namespace, deployed);
        var changes = new List<(KubeApi Api, ObjectChange Change)>();
        foreach (var api in place.All)
        {
            var wanted = api == place.Home ? access.AtHome() : access.Elsewhere();
            changes.AddRange((await new Applier(api).CompareAsync(wanted, cancellationToken)).Select(change => (api, run.Plan is null ? Kept(change) : change)));
        }

        var claim = await new Applier(place.Home).CompareAsync(new DeploymentManifests([_objects.Claim()]), cancellationToken);
        return [.. changes, .. claim.Select(change => (place.Home, Kept(change)))];
    }

    private static ObjectChange Kept(ObjectChange change) => change.IsNew ? change : new ObjectChange(change.Present!, change.Present, []);

    private async Task<JsonObject?> PreviousSecretAsync(CancellationToken cancellationToken) =>
        newest is null ? null : await place.Home.FindAsync(place.Home.Catalogue.Get("Secret"), newest.Name, cancellationToken);

    // If the plan created the namespace itself, it would be another plan when the namespace exists.
    private static async Task RequireNamespacesAsync(JobPlace place, CancellationToken cancellationToken)
    {
        foreach (var api in place.All)
        {
            if (await api.FindAsync(api.Catalogue.Get("Namespace"), api.Namespace, cancellationToken) is null)
            {
                throw StepFailedException.Refused(
                    $"namespace \"{api.Namespace}\" does not exist, but the job needs a role in it before it starts",
                    $"Create it with \"kubectl create namespace {api.Namespace}\", then plan again.");
            }
        }
    }

    private async Task RequireRunsAsync(CancellationToken cancellationToken)
    {
        if (await place.Home.FindAsync(place.Home.Catalogue.Get("PersistentVolumeClaim"), JobObjects.ClaimName, cancellationToken) is null)
        {
            throw StepFailedException.Refused(
                $"namespace \"{place.Home.Namespace}\" has no claim \"{JobObjects.ClaimName}\", so no run was started there with --in-cluster",
                "Name the namespace of the source with --namespace, or start a run with \"pachup apply PLAN --in-cluster\".");
        }
    }

    private static Effect Describe(ObjectChange change) => change switch
    {
        { IsNew: true } => new Effect("create", change.Wanted.Title()),
        { IsNothing: true } => new Effect("keep", change.Wanted.Title()),
        _ => new Effect("change", change.Wanted.Title(), string.Join("; ", change.Fields)),
    };

    private static JsonObject Masked(JsonObject secret)
    {
        var masked = secret.Copy();
        foreach (var key in masked.Child("data").Select(entry => entry.Key).ToList())
        {
            masked.Child("data")[key] = "(secret)";
        }

        return masked;
    }

    private static string Text(IEnumerable<JsonObject> objects)
    {
        var text = new StringBuilder();
        foreach (var value in objects)
        {
            text.Append(value.ToJsonString(Indented)).Append('\n');
        }

        return text.ToString();
    }

    private static StepFailedException Another(string name, JobPlace place) => new(
        $"job \"{name}\" works in namespace \"{place.Home.Namespace}\" already, and only one job may work there", "To follow it, give the same command again.");
}
