namespace PachUp.Architecture.Tests;

/// <summary>The assemblies that ship, as they are beside the tests.</summary>
internal static class ShippedAssembly
{
    /// <summary>The path of the assembly of a project. Some plugins have a folder of their own.</summary>
    public static string PathOf(string project)
    {
        var plugin = Path.Combine(AppContext.BaseDirectory, "plugins", project, project + ".dll");
        return File.Exists(plugin) ? plugin : Path.Combine(AppContext.BaseDirectory, project + ".dll");
    }
}
