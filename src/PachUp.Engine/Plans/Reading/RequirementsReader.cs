using System.Collections.Immutable;
using NuGet.Versioning;
using PachUp.Common.Text;
using PachUp.Engine.Plugins;
using PachUp.Engine.Yaml;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads the <c>requires</c> of a plan, and reports plugins that are missing or different.</summary>
/// <param name="mistakes">Receives the mistakes.</param>
/// <param name="plugins">The loaded plugins.</param>
/// <param name="isFrozen">Whether the plan has to list the hash of every plugin that did not ship with the tool.</param>
internal sealed class RequirementsReader(MistakeList mistakes, IReadOnlyCollection<LoadedPlugin> plugins, bool isFrozen)
{
    private const string Expected = "a list of plugins, each with \"id\", and \"version\" or \"sha256\" or both";
    private const string ExpectedHash = "the hash of the plugin, as \"pachup plugin list\" shows it";

    /// <returns>The names of the plugins that the plan lists.</returns>
    public ImmutableHashSet<string> Check(MappingReader plan)
    {
        var names = ImmutableHashSet.CreateBuilder<string>();
        if (plan.OptionalMapping(PlanKeys.Requires, "the plugins that the plan needs") is { } node
            && MappingReader.Open(node, "\"requires\"", mistakes, PlanKeys.Plugins) is { } requires
            && requires.RequiredList(PlanKeys.Plugins, Expected) is { } list)
        {
            names.UnionWith(list.Items.Select(CheckPlugin).OfType<string>());
        }

        return names.ToImmutable();
    }

    /// <summary>With <c>--frozen</c>, reports steps of plugins that the plan does not list.</summary>
    public void CheckSteps(IEnumerable<PlanStep> steps, ImmutableHashSet<string> listed)
    {
        foreach (var step in isFrozen ? steps : [])
        {
            var plugin = plugins.FirstOrDefault(plugin => !plugin.IsShipped && plugin.Steps.Contains(step.Step.Name));
            if (plugin is not null && !listed.Contains(plugin.Name))
            {
                mistakes.Add(
                    step.Position,
                    $"the step \"{step.Id}\" uses the plugin \"{plugin.Name}\", which the plan does not list",
                    $"{{ id: {plugin.Name}, sha256: {plugin.Files.Sha256} }} below \"requires\", because of --frozen");
            }
        }
    }

    /// <returns>The name of the plugin; null if the entry has none.</returns>
    private string? CheckPlugin(PlanNode node)
    {
        if (MappingReader.Open(node, "the plugin", mistakes, PlanKeys.Id, PlanKeys.Version, PlanKeys.Sha256) is not { } reader)
        {
            return null;
        }

        var id = reader.RequiredText(PlanKeys.Id, "the name of a plugin, as \"pachup plugin list\" shows it");
        var version = ReadVersion(reader);
        var hash = ReadHash(reader);
        if (id is not null && !reader.Has(PlanKeys.Version) && !reader.Has(PlanKeys.Sha256) && !isFrozen)
        {
            mistakes.Add(reader.Position, "the plugin has neither \"version\" nor \"sha256\"", "one of them, or both");
        }

        if (id is not null)
        {
            CompareWithLoaded(id, version, hash);
        }

        return id?.Value;
    }

    private (PlanScalar Text, VersionRange Range)? ReadVersion(MappingReader reader)
    {
        const string Range = "a NuGet version range, such as 1.2.0 (1.2.0 or later), [1.2.0] (only 1.2.0) or [1.2,2.0)";
        if (reader.OptionalText(PlanKeys.Version, Range) is not { } text)
        {
            return null;
        }

        if (VersionRange.TryParse(text.Value, out var range))
        {
            return (text, range);
        }

        mistakes.Add(text.Position, $"\"{text.Value}\" is not a version range", Range);
        return null;
    }

    private PlanScalar? ReadHash(MappingReader reader)
    {
        var hash = isFrozen ? reader.RequiredText(PlanKeys.Sha256, ExpectedHash + "; --frozen requires it") : reader.OptionalText(PlanKeys.Sha256, ExpectedHash);
        if (hash is null || PlanKeys.ValidSha256().IsMatch(hash.Value))
        {
            return hash;
        }

        mistakes.Add(hash.Position, $"\"{hash.Value}\" is not a SHA-256", "64 hex digits in lower case");
        return null;
    }

    private void CompareWithLoaded(PlanScalar id, (PlanScalar Text, VersionRange Range)? version, PlanScalar? hash)
    {
        if (plugins.FirstOrDefault(plugin => plugin.Name == id.Value) is not { } loaded)
        {
            string[] names = [.. plugins.Select(plugin => plugin.Name)];
            mistakes.Add(
                id.Position,
                $"the plan needs the plugin \"{id.Value}\", which is not loaded",
                $"{Names.OneOf(names)}, or the missing plugin: install it with \"{InstallCommand(id, version?.Text)}\"",
                NearestName.Of(id.Value, names));
            return;
        }

        if (version is { } wanted && !(NuGetVersion.TryParse(VersionOf(loaded), out var has) && wanted.Range.Satisfies(has)))
        {
            mistakes.Add(
                wanted.Text.Position,
                $"the plan needs the plugin \"{id.Value}\" in version \"{wanted.Text.Value}\", but version {VersionOf(loaded)} is loaded",
                $"another version; install it with \"{InstallCommand(id, wanted.Text)}\"");
        }

        if (hash is not null && loaded.Files.Sha256 != hash.Value)
        {
            mistakes.Add(
                hash.Position,
                $"the plugin \"{id.Value}\" has other files than the plan requires: the files in \"{System.IO.Path.GetDirectoryName(loaded.Path)}\" have the SHA-256 {loaded.Files.Sha256}",
                "the plugin that the plan was written for; or, if you trust the loaded plugin, its hash in the plan");
        }
    }

    /// <summary>The version of an installed plugin is that of its package, not that of its assembly.</summary>
    private static string VersionOf(LoadedPlugin plugin) => plugin.Package?.Version ?? plugin.Version;

    private static string InstallCommand(PlanScalar id, PlanScalar? version) =>
        $"pachup plugin install {id.Value}" + (version is null ? "" : $" --version \"{(NuGetVersion.TryParse(version.Value, out _) ? $"[{version.Value},)" : version.Value)}\"");
}
