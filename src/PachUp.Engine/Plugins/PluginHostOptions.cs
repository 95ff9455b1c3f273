using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Steps.Failing;

namespace PachUp.Engine.Plugins;

/// <summary>What plugins may do before they are used.</summary>
public sealed record PluginHostOptions
{
    /// <summary>Says whether a plugin that did not ship with the tool is loaded, by its files. By default none is.</summary>
    public Func<PluginFiles, bool> IsTrusted { get; init; } = _ => false;

    /// <summary>How long a plugin may take to be loaded and to say what it offers.</summary>
    public TimeSpan RegistrationDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Told what the code of plugins does.</summary>
    public PluginActivity Activity { get; init; } = new();

    /// <summary>The folders of plugins that are passed over: those that another is tried in place of.</summary>
    public IReadOnlyCollection<string> Except { get; init; } = [];

    /// <summary>The folder of a plugin that is only tried: its files are free to be moved while it is loaded.</summary>
    public string? Candidate { get; init; }
}
