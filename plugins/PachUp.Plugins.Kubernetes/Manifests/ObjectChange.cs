using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>The change of one object.</summary>
/// <param name="Wanted">The wanted state.</param>
/// <param name="Present">The present state; null if the object does not exist.</param>
/// <param name="Fields">The fields that have to change.</param>
internal sealed record ObjectChange(JsonObject Wanted, JsonObject? Present, ImmutableArray<FieldChange> Fields)
{
    /// <summary>Whether it has to be created.</summary>
    public bool IsNew => Present is null;

    /// <summary>Whether there is nothing to change.</summary>
    public bool IsNothing => Present is not null && Fields.IsEmpty;

    /// <summary>
    /// Compares the wanted with the present state. Fields that only the server sets are ignored. Other fields that are not wanted stay, except the keys of
    /// a secret: these are removed.
    /// </summary>
    public static ObjectChange Between(JsonObject wanted, JsonObject? present)
    {
        wanted = WithoutOtherKeys(wanted, present);
        var changes = ImmutableArray.CreateBuilder<FieldChange>();
        if (present is not null)
        {
            var secret = wanted.Kind() == "Secret";
            foreach (var (name, value) in wanted.Where(field => field.Key is not ("apiVersion" or "kind" or "status")))
            {
                FieldChange.Collect(changes, name, value, present[name], secret && name is "data" or "stringData");
            }
        }

        return new ObjectChange(wanted, present, changes.ToImmutable());
    }

    // In a merge patch, null removes a field.
    private static JsonObject WithoutOtherKeys(JsonObject wanted, JsonObject? present)
    {
        if (wanted.Kind() != "Secret" || present?.At("data") is not { } data || wanted.At("data") is not { } wantedData)
        {
            return wanted;
        }

        var exact = wanted.Copy();
        foreach (var (key, _) in data.Where(entry => !wantedData.ContainsKey(entry.Key)))
        {
            exact.Child("data")[key] = null;
        }

        return exact;
    }
}

/// <summary>A field that has to change.</summary>
/// <param name="Path">The field, such as <c>spec.replicas</c>.</param>
/// <param name="From">The present value, as JSON; a word if it is not shown.</param>
/// <param name="To">The wanted value, as JSON; a word if it is not shown.</param>
internal sealed record FieldChange(string Path, string From, string To)
{
    private const int LongestValue = 80;

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {From} -> {To}";

    /// <summary>Adds the changes from one value to another. Fields that are not in the wanted value may stay.</summary>
    public static void Collect(ImmutableArray<FieldChange>.Builder changes, string path, JsonNode? wanted, JsonNode? present, bool isSecret)
    {
        switch (wanted, present)
        {
            case (JsonObject left, JsonObject right):
                foreach (var (name, value) in left)
                {
                    Collect(changes, $"{path}.{name}", value, right[name], isSecret);
                }

                break;
            case (JsonArray left, JsonArray right) when left.All(IsNamed) && right.All(IsNamed):
                foreach (var name in left.Concat(right).Select(NameOf).Distinct())
                {
                    CollectNamed(changes, $"{path}[{name}]", Named(left, name), Named(right, name), isSecret);
                }

                break;
            case (JsonArray left, JsonArray right) when left.Count == right.Count:
                for (var i = 0; i < left.Count; i++)
                {
                    Collect(changes, $"{path}[{i}]", left[i], right[i], isSecret);
                }

                break;
            default:
                if (!IsSame(wanted, present))
                {
                    changes.Add(new FieldChange(path, Show(present, isSecret), Show(wanted, isSecret)));
                }

                break;
        }
    }

    // The server leaves out empty values and null.
    private static bool IsSame(JsonNode? wanted, JsonNode? present) =>
        JsonNode.DeepEquals(wanted, present) || (present is null && wanted is null or JsonObject { Count: 0 } or JsonArray { Count: 0 } || IsEmptyText(wanted) && present is null);

    private static bool IsEmptyText(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var content) && content.Length == 0;

    // Elements of a named list that are not wanted are removed.
    private static void CollectNamed(ImmutableArray<FieldChange>.Builder changes, string path, JsonObject? wanted, JsonObject? present, bool isSecret)
    {
        if (wanted is null || present is null)
        {
            changes.Add(new FieldChange(path, Show(present, isSecret), Show(wanted, isSecret)));
        }
        else
        {
            Collect(changes, path, wanted, present, isSecret);
        }
    }

    private static bool IsNamed(JsonNode? element) => NameOf(element).Length > 0;

    private static string NameOf(JsonNode? element) => element is JsonObject value ? value.Text("name") : "";

    private static JsonObject? Named(JsonArray list, string name) => list.OfType<JsonObject>().FirstOrDefault(element => NameOf(element) == name);

    private static string Show(JsonNode? value, bool isSecret)
    {
        if (value is null)
        {
            return "nothing";
        }

        var text = isSecret ? "(secret)" : value.ToJsonString();
        return text.Length > LongestValue ? text[..LongestValue] + "..." : text;
    }
}
