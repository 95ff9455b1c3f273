using PachUp.Sdk;

namespace PachUp.Testing;

/// <summary>Announced changes as text for snapshots, one per line.</summary>
public static class ChangeText
{
    public static string Of(IEnumerable<AnnouncedChange> changes) => string.Join(
        "\n", changes.Select(change => $"{change.Kind} {change.Item.Kind} {change.Item.Name} [{change.Rule}] {change.Item.Detail}: {change.Why}"));
}
