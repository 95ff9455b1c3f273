using PachUp.Engine.Settings;

namespace PachUp.Cli;

/// <summary>The settings file of this process. It is read once, when the first option asks for it.</summary>
internal static class ToolSettings
{
    private static readonly Lazy<UserSettings> Read = new(() => UserSettings.Load(Directory.GetCurrentDirectory(), Home));

    /// <summary>The settings.</summary>
    public static UserSettings Current => Read.Value;

    /// <summary>The places where settings are looked for.</summary>
    public static IReadOnlyList<string> Places => UserSettings.Places(Directory.GetCurrentDirectory(), Home);

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The cluster of a name; null if no settings name it.</summary>
    public static NamedCluster? FindCluster(string? name) => name is null ? null : Current.NamedClusters.GetValueOrDefault(name);

    /// <summary>The address of a name, and where it came from; null if no settings name it.</summary>
    public static (string Address, string Origin)? FindAddress(string name) => FindCluster(name) is { Address: { } address } cluster ? (address, cluster.Origin) : null;
}
