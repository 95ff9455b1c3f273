using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Steps.Failing;

namespace PachUp.Engine.Plugins;

/// <summary>How plugins are loaded.</summary>
public sealed record PluginHostOptions
{
    /// <summary>Decides whether a plugin that does not ship with the tool may be loaded. By default none may.</summary>
    public Func<PluginFiles, bool> IsTrusted { get; init; } = _ => false;

    /// <summary>Measures the processor time of this process, by which a plugin is found that never registers.</summary>
    public Func<TimeSpan> ProcessorTime { get; init; } = () => Environment.CpuUsage.TotalTime;

    /// <summary>Records which code of plugins is running.</summary>
    public PluginActivity Activity { get; init; } = new();

    /// <summary>The folders of plugins that are not loaded, because a candidate replaces them.</summary>
    public IReadOnlyCollection<string> Except { get; init; } = [];

    /// <summary>The folder of a candidate: a plugin that is loaded only to test it. Its files can be moved while it is loaded.</summary>
    public string? Candidate { get; init; }
}
