using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Validation;

/// <summary>The rules of all kinds.</summary>
internal sealed class KindRules(ObjectStore store)
{
    private readonly IKindRules[] _rules = [new WorkloadRules(), new ServiceRules(store), new VolumeRules(), new ImmutableRules()];

    /// <summary>Sets the defaults of missing fields, and validates the object.</summary>
    /// <exception cref="ApiException">The object is invalid.</exception>
    public void Admit(JsonObject value, JsonObject? before, ResourceType type)
    {
        var rules = _rules.Where(rules => rules.Kinds.Contains(type.Kind)).ToList();
        rules.ForEach(rule => rule.FillIn(value, before, type));
        var mistakes = new[] { Names.Mistake(value.Name()) }.OfType<string>()
            .Concat(LabelRules.Mistakes(value))
            .Concat(rules.SelectMany(rule => rule.Mistakes(value, before, type)))
            .ToList();
        if (mistakes.Count > 0)
            throw ApiException.Invalid(type.QualifiedKind, value.Name(), mistakes);
    }
}
