using System.Text.Json.Nodes;

namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>Reads and changes the objects of one namespace, and those without a namespace, through the API server.</summary>
/// <param name="transport">The connection.</param>
/// <param name="catalogue">The kinds that the server serves.</param>
/// <param name="ns">The namespace.</param>
internal sealed class KubeApi(KubeTransport transport, ApiCatalogue catalogue, string ns)
{
    /// <summary>The content type of a patch that names the fields to change.</summary>
    public const string MergePatch = "application/merge-patch+json";
    private const string DryRun = "?dryRun=All";

    /// <summary>The namespace.</summary>
    public string Namespace => ns;

    /// <summary>The namespace and the context, for people.</summary>
    public string Place => $"namespace {ns} of {transport.Session.Known}";

    /// <summary>The kinds that the server serves.</summary>
    public ApiCatalogue Catalogue => catalogue;

    /// <summary>The connection.</summary>
    public KubeTransport Transport => transport;

    /// <summary>The same namespace, for callers that repeat their requests themselves.</summary>
    public KubeApi WithoutRetry() => new(transport.WithoutRetry(), catalogue, ns);

    /// <summary>Another namespace of the same API server.</summary>
    public KubeApi In(string other) => new(transport, catalogue, other);

    /// <summary>Whether another namespace is on the same API server.</summary>
    public bool IsOnSameServerAs(KubeApi other) => transport.Client.BaseUri == other.Transport.Client.BaseUri;

    /// <summary>An object; null if it does not exist.</summary>
    public async Task<JsonObject?> FindAsync(ApiResource resource, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.SendAsync(HttpMethod.Get, resource.PathOf(ns, name), body: null, cancellationToken);
        }
        catch (KubeException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>The objects of a kind with these labels, each with its kind and version; none if the server does not serve the kind.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string kind, string labelSelector, CancellationToken cancellationToken, string fieldSelector = "") =>
        (await ListAtAsync(kind, labelSelector, cancellationToken, fieldSelector)).Items;

    /// <summary>The same, with the version to watch from: see <see cref="UntilChangeAsync"/>.</summary>
    public async Task<(IReadOnlyList<JsonObject> Items, string Version)> ListAtAsync(
        string kind, string labelSelector, CancellationToken cancellationToken, string fieldSelector = "")
    {
        if (catalogue.Find(kind) is not { } resource)
        {
            return ([], "");
        }

        var query = $"?labelSelector={Uri.EscapeDataString(labelSelector)}&fieldSelector={Uri.EscapeDataString(fieldSelector)}";
        var list = await transport.SendAsync(HttpMethod.Get, resource.PathOf(ns) + query, body: null, cancellationToken);
        return ([.. list.Items("items").Select(item => WithType(item, resource))], list.Metadata().Text("resourceVersion"));
    }

    /// <summary>
    /// The same for plans and checks, which look at many objects one after another: an answer of the last seconds is taken, unless this process has changed
    /// something since.
    /// </summary>
    public async Task<IReadOnlyList<JsonObject>> ListRecentAsync(string kind, string labelSelector, CancellationToken cancellationToken)
    {
        var items = await transport.RecentAsync(ListKey(kind, labelSelector), () => ListAsync(kind, labelSelector, cancellationToken));
        return [.. items.Select(item => item.Copy())];
    }

    /// <summary>An object for plans and checks, also from a list of the last seconds: see <see cref="ListRecentAsync"/>. Null if it does not exist.</summary>
    public async Task<JsonObject?> FindRecentAsync(ApiResource resource, string name, CancellationToken cancellationToken)
    {
        var listed = transport.FindRecent<IReadOnlyList<JsonObject>>(ListKey(resource.Kind, Labels.Suite))?.FirstOrDefault(item => item.Name() == name);
        if (listed is not null && listed.ApiVersion() == resource.ApiVersion)
        {
            return listed.Copy();
        }

        var found = await transport.RecentAsync($"get {ns} {resource.ApiVersion} {resource.Kind} {name}", async () => new Answer(await FindAsync(resource, name, cancellationToken)));
        return found.Value?.Copy();
    }

    /// <summary>The objects of a kind with these labels in all namespaces, each with its kind and version.</summary>
    /// <exception cref="KubeException">The user may not list them, or the server does not answer.</exception>
    public async Task<IReadOnlyList<JsonObject>> ListEverywhereAsync(string kind, string labelSelector, CancellationToken cancellationToken)
    {
        var resource = catalogue.Get(kind);
        var query = $"?labelSelector={Uri.EscapeDataString(labelSelector)}";
        var list = await transport.SendAsync(HttpMethod.Get, resource.PathEverywhere + query, body: null, cancellationToken);
        return [.. list.Items("items").Select(item => WithType(item, resource))];
    }

    /// <summary>Returns when one of some objects changed after a version, or when the server ends the watch.</summary>
    /// <exception cref="KubeException">It cannot be watched, or the server does not keep history from this version on (410).</exception>
    public async Task UntilChangeAsync(string kind, string labelSelector, string version, CancellationToken cancellationToken)
    {
        var query = $"?watch=true&labelSelector={Uri.EscapeDataString(labelSelector)}&resourceVersion={version}";
        await foreach (var _ in transport.WatchAsync(catalogue.Get(kind).PathOf(ns) + query, cancellationToken))
        {
            return;
        }
    }

    /// <summary>Creates an object. If the answer to the request was lost, the object that exists now is looked at.</summary>
    /// <exception cref="KubeException">Another one exists already (409), or the server refuses it.</exception>
    public async Task<JsonObject> CreateAsync(JsonObject value, CancellationToken cancellationToken)
    {
        transport.ForgetRecent(value.Kind());
        try
        {
            return await transport.SendAsync(HttpMethod.Post, catalogue.Of(value).PathOf(ns), value, cancellationToken);
        }
        catch (KubeException e) when (e is { IsConflict: true, FollowsLostAnswer: true })
        {
            if (await FindAsync(catalogue.Of(value), value.Name(), cancellationToken) is { } made && Content.Holds(made, value))
            {
                return made;
            }

            throw;
        }
    }

    /// <summary>Asks the server what it would answer to the creation of an object. Only for servers with <see cref="ServerVersion.HasDryRun"/>.</summary>
    /// <exception cref="KubeException">An object with this name exists (409), or the server would refuse it.</exception>
    public Task<JsonObject> TryCreateAsync(JsonObject value, CancellationToken cancellationToken) =>
        transport.SendAsync(HttpMethod.Post, catalogue.Of(value).PathOf(ns) + DryRun, value, cancellationToken);

    /// <summary>Asks the server what it would answer to a change of an object. Only for servers with <see cref="ServerVersion.HasDryRun"/>.</summary>
    /// <exception cref="KubeException">The server would refuse it.</exception>
    public Task<JsonObject> TryPatchAsync(JsonObject value, CancellationToken cancellationToken) =>
        transport.SendAsync(HttpMethod.Patch, catalogue.Of(value).PathOf(ns, value.Name()) + DryRun, value, cancellationToken, MergePatch);

    /// <summary>Creates the namespace.</summary>
    /// <exception cref="KubeException">It exists already (409), or the server refuses it.</exception>
    public Task<JsonObject> CreateNamespaceAsync(CancellationToken cancellationToken) =>
        CreateAsync(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = ns } }, cancellationToken);

    /// <summary>Replaces an object. If it contains a resource version, changes by others are detected.</summary>
    /// <exception cref="KubeException">Another user changed it in the meantime (409), or the server refuses it.</exception>
    public Task<JsonObject> ReplaceAsync(JsonObject value, CancellationToken cancellationToken) => ChangeAsync(
        catalogue.Of(value),
        value.Name(),
        path => transport.SendAsync(HttpMethod.Put, path, value, cancellationToken),
        present => Content.IsSame(present, value),
        cancellationToken);

    /// <summary>Changes some fields of an object; null removes one.</summary>
    /// <exception cref="KubeException">It is refused.</exception>
    public Task<JsonObject> PatchAsync(ApiResource resource, string name, JsonObject patch, CancellationToken cancellationToken) => ChangeAsync(
        resource,
        name,
        path => transport.SendAsync(HttpMethod.Patch, path, patch, cancellationToken, MergePatch),
        present => Content.Holds(present, patch),
        cancellationToken);

    /// <summary>Deletes an object and what belongs to it; does nothing if it does not exist, or another has its name.</summary>
    /// <param name="value">The object as it was read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether there was something to delete.</returns>
    public async Task<bool> DeleteAsync(JsonObject value, CancellationToken cancellationToken)
    {
        transport.ForgetRecent(value.Kind());
        // The policy is in the body, because API servers up to 1.10 do not understand it in the query.
        var options = new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "v1", ["propagationPolicy"] = "Background" };
        if (value.Uid().Length > 0)
        {
            options["preconditions"] = new JsonObject { ["uid"] = value.Uid() };
        }

        try
        {
            await transport.SendAsync(HttpMethod.Delete, catalogue.Of(value).PathOf(ns, value.Name()), options, cancellationToken);
            return true;
        }
        catch (KubeException e) when (e.IsNotFound || e.IsConflict)
        {
            if (e.IsNotFound || await IsGoneAsync(value, cancellationToken))
            {
                return e.FollowsLostAnswer;
            }

            throw;
        }
    }

    /// <summary>Whether the user of this connection has a permission, in the namespace if the resource belongs to one.</summary>
    public Task<bool> IsAllowedAsync(string verb, ApiResource resource, CancellationToken cancellationToken, string subresource = "") => IsAllowedAsync(
        new AccessQuestion(verb, resource.Group, resource.Plural) { Subresource = subresource, Namespace = resource.Namespaced ? ns : "" }, cancellationToken);

    /// <summary>Whether the user of this connection has a permission. All permissions of a namespace are read at once, where the server lists them.</summary>
    public async Task<bool> IsAllowedAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        var rules = await transport.RecentAsync($"{RecentAnswers.Rules}{question.Namespace}", () => AccessRules.ReadAsync(transport, question.Namespace, cancellationToken));
        return rules.Allow(question) || (!rules.IsComplete && await ReviewAsync(question, cancellationToken));
    }

    private async Task<bool> ReviewAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        var review = new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectAccessReview",
            ["spec"] = question.ToReview(),
        };
        var answer = await transport.SendAsync(HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review, cancellationToken);
        return answer.At("status")?["allowed"]?.GetValue<bool>() ?? false;
    }

    // After a lost answer, a conflict may only mean that the change was made.
    private async Task<JsonObject> ChangeAsync(
        ApiResource resource, string name, Func<string, Task<JsonObject>> sendAsync, Func<JsonObject, bool> isMade, CancellationToken cancellationToken)
    {
        transport.ForgetRecent(resource.Kind);
        try
        {
            return await sendAsync(resource.PathOf(ns, name));
        }
        catch (KubeException e) when (e is { IsConflict: true, FollowsLostAnswer: true })
        {
            if (await FindAsync(resource, name, cancellationToken) is { } present && isMade(present))
            {
                return present;
            }

            throw;
        }
    }

    /// <summary>Whether an object that was read does not exist any more, also if another one has its name now.</summary>
    private async Task<bool> IsGoneAsync(JsonObject value, CancellationToken cancellationToken) =>
        await FindAsync(catalogue.Of(value), value.Name(), cancellationToken) is not { } present || present.Uid() != value.Uid();

    private string ListKey(string kind, string labelSelector) => $"list {ns} {kind} {labelSelector}";

    private static JsonObject WithType(JsonObject item, ApiResource resource)
    {
        var value = item.Copy();
        value["kind"] = resource.Kind;
        value["apiVersion"] = resource.ApiVersion;
        return value;
    }

    private sealed record Answer(JsonObject? Value);
}
