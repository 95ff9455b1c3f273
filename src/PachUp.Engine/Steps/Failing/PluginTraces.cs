using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;

namespace PachUp.Engine.Steps.Failing;

/// <summary>Finds the plugin that threw an exception. Every plugin has its own load context, so each frame of the stack trace identifies its plugin.</summary>
public static class PluginTraces
{
    /// <summary>The message for an exception that passed through the code of a plugin; null if there is no such code in the stack trace.</summary>
    public static string? Describe(Exception exception) =>
        new StackTrace(exception).GetFrames().Select(PlaceOf).FirstOrDefault(found => found is not null) is { } place
            ? $"Internal error in the plugin {place}: {exception.GetType().Name}: {exception.Message}"
            : null;

    private static string? PlaceOf(StackFrame frame) =>
        frame.GetMethod() is { DeclaringType: { Assembly: { IsDynamic: false, Location.Length: > 0 } assembly } type } method && IsOfPlugin(assembly)
            ? $"\"{Path.GetFileName(Path.GetDirectoryName(assembly.Location))}\", in {type.FullName}.{method.Name}"
            : null;

    private static bool IsOfPlugin(Assembly assembly) =>
        AssemblyLoadContext.GetLoadContext(assembly) is var context
        && context != AssemblyLoadContext.Default
        && context != AssemblyLoadContext.GetLoadContext(typeof(PluginTraces).Assembly);
}
