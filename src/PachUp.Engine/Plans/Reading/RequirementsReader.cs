using PachUp.Engine.Plans.Yaml;
using PachUp.Engine.Plugins;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads what a plan says has to be there, and reports what is not there or is something else.</summary>
internal sealed class RequirementsReader(MistakeList mistakes, IReadOnlyCollection<LoadedPlugin> plugins)
{
    private const string Expected = "a list of plugins, each with \"id\" and \"sha256\"";

    public void Check(MappingReader plan)
    {
        if (plan.OptionalMapping(PlanKeys.Requires, "what the plan needs: plugins") is { } node
            && MappingReader.Open(node, "\"requires\"", mistakes, PlanKeys.Plugins) is { } requires
            && requires.RequiredList(PlanKeys.Plugins, Expected) is { } list)
        {
            foreach (var item in list.Items)
            {
                CheckPlugin(item);
            }
        }
    }

    private void CheckPlugin(PlanNode node)
    {
        if (MappingReader.Open(node, "the plugin", mistakes, PlanKeys.Id, PlanKeys.Sha256) is not { } reader)
        {
            return;
        }

        var id = reader.RequiredText(PlanKeys.Id, "the name of a plugin, as \"pachup plugin list\" shows it");
        var hash = reader.RequiredText(PlanKeys.Sha256, "the hash of the plugin, as \"pachup plugin list\" shows it");
        if (hash is not null && !PlanKeys.ValidSha256().IsMatch(hash.Value))
        {
            mistakes.Add(hash.Position, $"\"{hash.Value}\" is not a SHA-256", "64 hex digits in lower case");
        }
        else if (id is not null && hash is not null)
        {
            CompareWithLoaded(id, hash);
        }
    }

    private void CompareWithLoaded(PlanScalar id, PlanScalar hash)
    {
        var loaded = plugins.FirstOrDefault(plugin => plugin.Name == id.Value);
        if (loaded is null)
        {
            string[] names = [.. plugins.Select(plugin => plugin.Name)];
            mistakes.Add(
                id.Position, $"the plan needs the plugin \"{id.Value}\", which is not loaded", Names.OneOf(names), NearestName.Of(id.Value, names));
        }
        else if (loaded.Files.Sha256 != hash.Value)
        {
            mistakes.Add(
                hash.Position,
                $"the plan needs other files of the plugin \"{id.Value}\": those in \"{System.IO.Path.GetDirectoryName(loaded.Path)}\" have the SHA-256 {loaded.Files.Sha256}",
                "the plugin that the plan was written for; or, if you trust this one, its hash in the plan");
        }
    }
}
