namespace PachUp.Sdk;

/// <summary>The entry point of a plugin: one public class per plugin assembly, with a constructor without parameters.</summary>
public interface IPachUpPlugin
{
    /// <summary>Registers what the plugin offers. It is called once, when the plugin is loaded; do no work here and open nothing.</summary>
    /// <param name="registry">Receives what is offered.</param>
    void Register(IPluginRegistry registry);
}

/// <summary>Receives what a plugin offers. If a name is already taken, the error names both plugins.</summary>
public interface IPluginRegistry
{
    /// <summary>Offers a step to plans.</summary>
    /// <typeparam name="TArguments">A record that the step's <c>with:</c> is bound to.</typeparam>
    void AddStep<TArguments>(IStep<TArguments> step)
        where TArguments : class;

    /// <summary>Offers a check that every migration asks.</summary>
    void AddCheck(ICheck check);

    /// <summary>Offers a route from one line to another.</summary>
    void AddRoute(MigrationRoute route);

    /// <summary>Offers a platform to deploy clusters on.</summary>
    void AddPlatform(IPlatform platform);
}
