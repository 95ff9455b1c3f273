using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Tests;

/// <summary>Applies one rule to one cluster.</summary>
internal static class Drafting
{
    /// <summary>What a rule makes of a cluster.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="source">The cluster.</param>
    /// <param name="target">The release of the target.</param>
    /// <param name="options">What was chosen.</param>
    public static Draft On(this IRule rule, ClusterInventory source, string target = "1.9.12", MigrationOptions? options = null) =>
        rule.Apply(Draft.Of(source, Release.Parse(target), options ?? MigrationOptions.Default));

    /// <summary>What was announced, a line for each: kind, item, detail.</summary>
    public static IEnumerable<string> Said(this Draft draft) =>
        draft.Changes.Select(change => $"{change.Kind} {change.Item.Kind} {change.Item.Name}: {change.Item.Detail}".TrimEnd(' ', ':'));
}
