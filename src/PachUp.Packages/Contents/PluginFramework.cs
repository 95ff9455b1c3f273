using System.Reflection;
using System.Runtime.Versioning;
using NuGet.Frameworks;

namespace PachUp.Packages.Contents;

/// <summary>The framework that plugins are made for: the one that PachUp is made for.</summary>
internal static class PluginFramework
{
    public static NuGetFramework Current { get; } = NuGetFramework.ParseFrameworkName(
        typeof(PluginFramework).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName, DefaultFrameworkNameProvider.Instance);

    /// <summary>The name of the folder that it has in packages: <c>net10.0</c>.</summary>
    public static string Name => Current.GetShortFolderName();
}
