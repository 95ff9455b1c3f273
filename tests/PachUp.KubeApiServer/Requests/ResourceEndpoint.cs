using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Patching;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.KubeApiServer.Validation;

namespace PachUp.KubeApiServer.Requests;

/// <summary>Creates, reads, changes and deletes objects.</summary>
internal sealed class ResourceEndpoint(ObjectStore store, ApiProfile profile, TimeProvider time)
{
    private readonly KindRules _rules = new(store);

    /// <exception cref="ApiException">There is no such object.</exception>
    public JsonObject Get(ResourcePath path) => Show(path, Require(path));

    public JsonObject List(ResourcePath path, string labelSelector, string fieldSelector)
    {
        var items = Select(path, labelSelector, fieldSelector).Select(value => Bare(Show(path, value)));
        return new JsonObject
        {
            ["kind"] = path.Type.Kind + "List",
            ["apiVersion"] = path.Type.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = $"{store.Revision}" },
            ["items"] = new JsonArray([.. items]),
        };
    }

    /// <exception cref="ApiException">It cannot be created.</exception>
    public JsonObject Create(ResourcePath path, JsonObject body, bool isDryRun = false) => store.InOneGo(() =>
    {
        RequireFitting(path, body);
        RequireNamespace(path, body);
        var value = body.Copy();
        if (path.Type.Namespaced)
            value.Metadata()["namespace"] = path.Namespace;
        else
            value.Metadata().Remove("namespace");

        _rules.Admit(value, before: null, path.Type);
        if (store.Find(path.Type.StorageName, value.Namespace(), value.Name()) is not null)
            throw ApiException.AlreadyExists(path.Type.QualifiedName, value.Name());

        var metadata = value.Metadata();
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Now();
        metadata["generation"] = 1;
        return Show(path, isDryRun ? value : store.Put(path.Type.StorageName, value));
    });

    /// <exception cref="ApiException">It cannot be changed so.</exception>
    public JsonObject Replace(ResourcePath path, JsonObject body) => store.InOneGo(() =>
    {
        RequireFitting(path, body);
        var before = Require(path);
        if (body.Metadata().Text("resourceVersion").Length == 0 && path.Type.Kind == "Service")
            throw ApiException.Invalid(path.Type.QualifiedKind, path.Name, ["metadata.resourceVersion: Invalid value: \"\": must be specified for an update"]);

        return Show(path, Keep(path, body.Copy(), before));
    });

    /// <exception cref="ApiException">It cannot be changed so.</exception>
    public JsonObject Patch(ResourcePath path, JsonNode patch, string contentType, bool isDryRun = false) => store.InOneGo(() =>
    {
        var before = Require(path);
        var after = Show(path, before);
        switch (contentType, patch)
        {
            case ("application/merge-patch+json", JsonObject merge):
                MergePatch.Apply(after, merge);
                break;
            case ("application/strategic-merge-patch+json", JsonObject merge):
                StrategicMergePatch.Apply(after, merge);
                break;
            case ("application/json-patch+json", JsonArray operations):
                JsonPatch.Apply(after, operations);
                break;
            default:
                throw new ApiException(415, "UnsupportedMediaType", "415: Unsupported Media Type");
        }

        return Show(path, isDryRun ? Admitted(path, after, before) : Keep(path, after, before));
    });

    /// <summary>Changes the number of replicas, like the subresource <c>scale</c>.</summary>
    /// <exception cref="ApiException">There is no such object.</exception>
    public JsonObject Scale(ResourcePath path, JsonObject? body) => store.InOneGo(() =>
    {
        var value = Require(path);
        if (body is not null)
        {
            value.Spec()["replicas"] = body.Spec()["replicas"]?.DeepClone();
            value = Keep(path, value, Require(path));
        }

        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = new JsonObject { ["name"] = path.Name, ["namespace"] = path.Namespace },
            ["spec"] = new JsonObject { ["replicas"] = value.Spec()["replicas"]?.DeepClone() },
        };
    });

    /// <exception cref="ApiException">It cannot be deleted.</exception>
    public JsonObject Delete(ResourcePath path, JsonObject? options) => store.InOneGo(() =>
    {
        var value = Require(path);
        if (options?.Child("preconditions").Text("uid") is { Length: > 0 } uid && uid != value.Metadata().Text("uid"))
            throw WrongUid(path, uid, value);

        var stays = options?.Text("propagationPolicy") == "Foreground" || path.Type.Kind == "Namespace" || value.Metadata()["finalizers"] is JsonArray { Count: > 0 };
        var shown = stays ? Show(path, MarkDeleted(path, value, options)) : Show(path, value);
        if (!stays)
            store.Delete(path.Type.StorageName, value.Namespace(), value.Name());

        return stays || !path.Type.AnswersDeleteWithStatus ? shown : Deleted(path, value);
    });

    public JsonObject DeleteCollection(ResourcePath path, string labelSelector, string fieldSelector) => store.InOneGo(() =>
    {
        if (!path.Type.HasDeleteCollection)
            throw ApiException.MethodNotAllowed();

        var list = List(path, labelSelector, fieldSelector);
        foreach (var value in list.Items("items"))
        {
            store.Delete(path.Type.StorageName, value.Namespace(), value.Name());
        }

        return list;
    });

    /// <summary>The objects of a path that match two selectors.</summary>
    public IEnumerable<JsonObject> Select(ResourcePath path, string labelSelector, string fieldSelector)
    {
        var labels = new LabelSelector(labelSelector);
        var fields = new FieldSelector(fieldSelector);
        return store.List(path.Type.StorageName, path.Namespace).Where(value => labels.Matches(value) && fields.Matches(value));
    }

    /// <summary>An object in the API version of a path.</summary>
    public JsonObject Show(ResourcePath path, JsonObject value) => value.SeenAs(path.Type, profile.HasSelfLinks);

    private static JsonObject Bare(JsonObject value)
    {
        value.Remove("kind");
        value.Remove("apiVersion");
        return value;
    }

    private JsonObject Require(ResourcePath path) =>
        store.Find(path.Type.StorageName, path.Namespace, path.Name) ?? throw ApiException.NotFound(path.Type.QualifiedName, path.Name);

    private JsonObject Keep(ResourcePath path, JsonObject value, JsonObject before)
    {
        var version = value.Metadata().Text("resourceVersion");
        if (version.Length > 0 && version != before.Metadata().Text("resourceVersion"))
            throw ApiException.Modified(path.Type.QualifiedName, path.Name);

        if (value.Name() != path.Name)
            throw ApiException.BadRequest("the name of the object does not match the name on the URL");

        foreach (var name in new[] { "uid", "creationTimestamp", "namespace", "deletionTimestamp" })
        {
            value.Metadata()[name] = before.Metadata()[name]?.DeepClone();
        }

        value = Admitted(path, value, before);
        var changes = !JsonNode.DeepEquals(before["spec"], value["spec"]);
        value.Metadata()["generation"] = (before.Metadata()["generation"]?.GetValue<int>() ?? 1) + (changes ? 1 : 0);
        return IsSame(before, value) ? before : KeepOrEnd(path, value);
    }

    private JsonObject Admitted(ResourcePath path, JsonObject value, JsonObject before)
    {
        value.Metadata().Remove("selfLink");
        _rules.Admit(value, before, path.Type);
        return value;
    }

    // Removing the last finalizer of an object that is being deleted removes the object.
    private JsonObject KeepOrEnd(ResourcePath path, JsonObject value)
    {
        if (value.Metadata()["deletionTimestamp"] is null || value.Metadata()["finalizers"] is JsonArray { Count: > 0 } || path.Type.Kind == "Namespace")
            return store.Put(path.Type.StorageName, value);

        store.Delete(path.Type.StorageName, value.Namespace(), value.Name());
        return value;
    }

    private static bool IsSame(JsonObject before, JsonObject after)
    {
        var (left, right) = (before.Copy(), after.Copy());
        foreach (var value in new[] { left, right })
        {
            value.Remove("apiVersion");
            value.Remove("kind");
            value.Metadata().Remove("resourceVersion");
            value.Metadata().Remove("selfLink");
            foreach (var empty in value.Metadata().Where(field => field.Value is null).Select(field => field.Key).ToList())
            {
                value.Metadata().Remove(empty);
            }
        }

        return JsonNode.DeepEquals(left, right);
    }

    private JsonObject MarkDeleted(ResourcePath path, JsonObject value, JsonObject? options)
    {
        value.Metadata()["deletionTimestamp"] = Now();
        if (path.Type.Kind == "Namespace")
            value.Child("status")["phase"] = "Terminating";
        else if (options?.Text("propagationPolicy") == "Foreground")
            value.Metadata()["finalizers"] = new JsonArray("foregroundDeletion");

        return store.Put(path.Type.StorageName, value);
    }

    private static JsonObject Deleted(ResourcePath path, JsonObject value) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Success",
        ["details"] = new JsonObject { ["name"] = path.Name, ["kind"] = path.Type.Plural, ["uid"] = value.Metadata().Text("uid") },
    };

    private static ApiException WrongUid(ResourcePath path, string uid, JsonObject value) => new(
        409,
        "Conflict",
        $"Operation cannot be fulfilled on {path.Type.Kind} \"{path.Name}\": the UID in the precondition ({uid}) does not match the UID in record "
            + $"({value.Metadata().Text("uid")}). The object might have been deleted and then recreated");

    private static void RequireFitting(ResourcePath path, JsonObject body)
    {
        if (body.Text("apiVersion") is { Length: > 0 } version && version != path.Type.ApiVersion)
            throw ApiException.BadRequest($"the API version in the data ({version}) does not match the expected API version ({path.Type.ApiVersion})");

        if (path.Type.Namespaced && body.Namespace() is { Length: > 0 } ns && ns != path.Namespace)
            throw ApiException.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
    }

    private void RequireNamespace(ResourcePath path, JsonObject body)
    {
        if (!path.Type.Namespaced || path.Namespace == "default")
            return;

        var ns = store.Find("namespaces", "", path.Namespace) ?? throw ApiException.NotFound("namespaces", path.Namespace);
        if (ns.Metadata()["deletionTimestamp"] is not null)
        {
            throw ApiException.Forbidden(
                $"{path.Type.QualifiedName} \"{body.Name()}\" is forbidden: unable to create new content in namespace {path.Namespace} because it is being terminated");
        }
    }

    private string Now() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}
