using System.Reflection;
using System.Runtime.Versioning;
using NuGet.Frameworks;

namespace PachUp.Packages.Contents;

/// <summary>The framework of plugins, which is the framework of PachUp.</summary>
internal static class PluginFramework
{
    public static NuGetFramework Current { get; } = NuGetFramework.ParseFrameworkName(
        typeof(PluginFramework).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName, DefaultFrameworkNameProvider.Instance);

    /// <summary>The name of its folder in packages: <c>net10.0</c>.</summary>
    public static string Name => Current.GetShortFolderName();
}
