using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;

namespace PachUp.KubeApiServer.Validation;

/// <summary>What the server fills in and refuses for some kinds of object.</summary>
internal interface IKindRules
{
    /// <summary>The kinds.</summary>
    IReadOnlySet<string> Kinds { get; }

    /// <summary>Fills in what the client left out.</summary>
    void FillIn(JsonObject value, JsonObject? before, ResourceType type);

    /// <summary>What is wrong with an object, cause by cause.</summary>
    /// <param name="value">The object, filled in.</param>
    /// <param name="before">What it takes the place of; null where it is new.</param>
    /// <param name="type">The version that the client speaks.</param>
    IEnumerable<string> Mistakes(JsonObject value, JsonObject? before, ResourceType type);
}
