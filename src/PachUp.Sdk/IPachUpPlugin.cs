namespace PachUp.Sdk;

/// <summary>The entry point of a plugin: one public class with a constructor without parameters per plugin assembly.</summary>
public interface IPachUpPlugin
{
    /// <summary>Says what the plugin offers. Called once, when the plugin is loaded; do no work here and open nothing.</summary>
    /// <param name="registry">Takes what is offered.</param>
    void Register(IPluginRegistry registry);
}

/// <summary>Takes what a plugin offers. A name that something else has already taken is an error that names both plugins.</summary>
public interface IPluginRegistry
{
    /// <summary>Offers a step to plans.</summary>
    /// <typeparam name="TArguments">A record that the step's <c>with:</c> is bound to.</typeparam>
    void AddStep<TArguments>(IStep<TArguments> step)
        where TArguments : class;

    /// <summary>Offers a check that is asked of every migration.</summary>
    void AddCheck(ICheck check);

    /// <summary>Offers a way from one line to another.</summary>
    void AddRoute(MigrationRoute route);

    /// <summary>Offers a way to deploy clusters.</summary>
    void AddPlatform(IPlatform platform);
}
