using PachUp.Sdk;

namespace PachUp.Testing;

/// <summary>Records what a plugin offers.</summary>
public sealed class RecordingRegistry : IPluginRegistry
{
    public List<MigrationRoute> Routes { get; } = [];

    public int Others { get; private set; }

    public void AddStep<TArguments>(IStep<TArguments> step)
        where TArguments : class => Others++;

    public void AddCheck(ICheck check) => Others++;

    public void AddRoute(MigrationRoute route) => Routes.Add(route);

    public void AddPlatform(IPlatform platform) => Others++;
}
