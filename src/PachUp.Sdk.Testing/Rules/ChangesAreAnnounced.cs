using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.ChangesAreAnnounced"/>
internal sealed class ChangesAreAnnounced : Rule
{
    public override string Name => RuleNames.ChangesAreAnnounced;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        await using var environment = await TestEnvironment.StartAsync(plugin, cancellationToken);
        var source = await RoutePrediction.ReadSourceAsync(environment, cancellationToken);
        var expectedTarget = await RoutePrediction.ByAsync(plugin, environment, cancellationToken)
            ?? throw new NothingToAskException("the plan does not lead from one line to another, so nothing arrives changed.");
        var difference = InventoryDifference.Between(source, expectedTarget.Inventory, expectedTarget.Comparison);
        ImmutableArray<AnnouncedChange> losses =
            [.. expectedTarget.Changes.Where(change => change.Kind is ChangeKind.LeftOut or ChangeKind.Renamed or ChangeKind.Recomputed)];
        IReadOnlyList<InventoryItem> silent =
        [
            .. difference.Lost.Where(item => !IsAnnounced(item, losses)),
            .. difference.Changed.Where(item => !IsAnnounced(item, expectedTarget.Changes)),
        ];
        if (silent.Count > 0)
        {
            throw new RuleBrokenException(
                $"these predicted items of the target differ from the source, but no AnnouncedChange names them: "
                  + $"{string.Join("; ", silent.Select(Items.Describe))}. Announce each of them, with the reason.");
        }

        ThrowIfPoor(expectedTarget.Changes);
        return $"{expectedTarget.Changes.Length} changes are announced, and nothing else changes";
    }

    /// <summary>Whether it is announced, or what contains it: a branch contains its files, a repo its branches and commits.</summary>
    private static bool IsAnnounced(InventoryItem item, ImmutableArray<AnnouncedChange> changes) =>
        changes.Any(change => change.Item.Kind == item.Kind ? change.Item.Name == item.Name : Holds(change.Item, item));

    private static bool Holds(InventoryItem whole, InventoryItem part) => whole.Kind switch
    {
        ItemKind.Repo => part.Name.StartsWith($"{whole.Name}@", StringComparison.Ordinal),
        ItemKind.Branch => part.Kind == ItemKind.File && part.Name.StartsWith($"{whole.Name}:", StringComparison.Ordinal),
        _ => false,
    };

    private static void ThrowIfPoor(ImmutableArray<AnnouncedChange> changes)
    {
        var poor = changes.FirstOrDefault(change =>
            !Texts.IsName(change.Rule) || string.IsNullOrWhiteSpace(change.Why) || string.IsNullOrWhiteSpace(change.Item.Name));
        if (poor is not null)
        {
            throw new RuleBrokenException(
                $"the change of {Items.Describe(poor.Item)} is announced by the rule \"{poor.Rule}\" with the reason \"{poor.Why}\": an "
                    + "announcement needs the item's name, "
                  + "a rule in lower case with dashes, and a reason.");
        }
    }
}
