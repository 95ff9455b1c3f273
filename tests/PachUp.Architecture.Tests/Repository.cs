using System.Runtime.CompilerServices;

namespace PachUp.Architecture.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its top folder.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(FolderOfThisFile(), "..", ".."));

    private static string FolderOfThisFile([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}
