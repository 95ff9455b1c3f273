using System.Runtime.CompilerServices;

namespace PachUp.Engine.Tests.Plans;

/// <summary>A shipped plan in the repository.</summary>
internal static class ShippedPlan
{
    public static string Folder { get; } = FindFolder();

    public static string Path { get; } = System.IO.Path.Combine(Folder, "1.8.7-to-1.9.0.yaml");

    public static string Text { get; } = File.ReadAllText(Path);

    private static string FindFolder([CallerFilePath] string thisFile = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(thisFile, "../../../../migration-plans"));
}
