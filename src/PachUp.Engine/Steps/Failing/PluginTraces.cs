using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;

namespace PachUp.Engine.Steps.Failing;

/// <summary>Finds out whose code it was: every plugin is loaded in a context of its own, so each line of a stack trace tells.</summary>
public static class PluginTraces
{
    /// <summary>What a plugin did wrong, where its code threw or was on the way to it; null where no plugin was.</summary>
    public static string? Describe(Exception exception) =>
        new StackTrace(exception).GetFrames().Select(PlaceOf).FirstOrDefault(found => found is not null) is { } place
            ? $"the plugin {place}: {exception.GetType().Name}: {exception.Message}"
            : null;

    private static string? PlaceOf(StackFrame frame) =>
        frame.GetMethod() is { DeclaringType: { Assembly: { IsDynamic: false, Location.Length: > 0 } assembly } type } method && IsOfPlugin(assembly)
            ? $"\"{Path.GetFileName(Path.GetDirectoryName(assembly.Location))}\" made a mistake in {type.FullName}.{method.Name}"
            : null;

    private static bool IsOfPlugin(Assembly assembly) =>
        AssemblyLoadContext.GetLoadContext(assembly) is var context
        && context != AssemblyLoadContext.Default
        && context != AssemblyLoadContext.GetLoadContext(typeof(PluginTraces).Assembly);
}
