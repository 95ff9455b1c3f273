using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PachUp.KubeApiServer.Storage;

/// <summary>Selects objects by their labels: <c>a=b,c!=d,e in (f,g),h,!i</c>.</summary>
internal sealed partial class LabelSelector
{
    private readonly List<Func<JsonObject, bool>> _requirements = [];

    public LabelSelector(string text)
    {
        foreach (Match match in Requirement().Matches(text))
        {
            _requirements.Add(RequirementOf(match));
        }
    }

    public bool Matches(JsonObject value)
    {
        var labels = value.Metadata().Child("labels");
        return _requirements.TrueForAll(requirement => requirement(labels));
    }

    private static Func<JsonObject, bool> RequirementOf(Match match)
    {
        var key = match.Groups["key"].Value;
        var values = match.Groups["set"].Success ? match.Groups["set"].Value.Split(',', StringSplitOptions.TrimEntries) : [match.Groups["value"].Value];
        return match.Groups["op"].Value switch
        {
            "=" or "==" or "in" => labels => labels.ContainsKey(key) && values.Contains(labels.Text(key)),
            "!=" or "notin" => labels => !labels.ContainsKey(key) || !values.Contains(labels.Text(key)),
            _ when match.Groups["not"].Success => labels => !labels.ContainsKey(key),
            _ => labels => labels.ContainsKey(key),
        };
    }

    [GeneratedRegex(@"(?<not>!)?(?<key>[\w./-]+)\s*(?:(?<op>==|=|!=)\s*(?<value>[\w.-]*)|(?<op>in|notin)\s*\((?<set>[^)]*)\))?\s*(?:,|$)")]
    private static partial Regex Requirement();
}
