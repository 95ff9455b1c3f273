using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;

namespace PachUp.KubeApiServer.Validation;

/// <summary>The defaults and validation rules of some kinds.</summary>
internal interface IKindRules
{
    /// <summary>The kinds.</summary>
    IReadOnlySet<string> Kinds { get; }

    /// <summary>Sets the defaults of missing fields.</summary>
    void FillIn(JsonObject value, JsonObject? before, ResourceType type);

    /// <summary>The errors of an object, one for each cause.</summary>
    /// <param name="value">The object with its defaults.</param>
    /// <param name="before">The object before the change; null for a new object.</param>
    /// <param name="type">The API version of the client.</param>
    IEnumerable<string> Mistakes(JsonObject value, JsonObject? before, ResourceType type);
}
