using System.Text.RegularExpressions;

namespace PachUp.Architecture.Tests;

public partial class FolderTests
{
    /// <summary>The folders of each project, in the order in which they may use each other.</summary>
    public static TheoryData<string, string[]> Projects => new()
    {
        { "PachUp.Pachyderm", ["Wire", FolderRules.Root, "Releases", "Connections", "Schedules", "Inventories", "Archives"] },
        { "PachUp", ["Cli", "Model", "Views", "Commands", "Hosting", FolderRules.Root] },
        { "PachUp.Engine", ["Releases", "Yaml", "Lookups", "Steps", "Plugins", "State", "Plans", "Settings", "Planning", "Runs", "OutputProofs", "Rehearsals", "Conversions", "Routes", "Remote"] },
        { "PachUp.Steps", ["Platforms", "Checks", "Pausing", "UncarriedData", "Extracting", "Restoring", "Resuming", "CatchingUp", "Reloading", "Verifying", FolderRules.Root] },
        { "PachUp.Verification", [FolderRules.Root, "Records", "Backups", "Files", "Listings", "AfterWork", "Comparing", "LateWrites"] },
        { "PachUp.Rewriting", ["Drafts", "Rules", "Streams", "Checks", FolderRules.Root] },
        { "PachUp.Common", ["Disks", "Files", "Text", FolderRules.Root] },
        { "PachUp.Sdk", [FolderRules.Root] },
        { "PachUp.Sdk.Platforms", [FolderRules.Root] },
        { "PachUp.Sandbox", ["Server", FolderRules.Root] },
        { "PachUp.Sdk.Testing", ["Environments", "Rules", FolderRules.Root] },
        { "PachUp.Plugins.Buckets", ["Locations", "Running", "Storage", "Copying", "Checking", "Checks", FolderRules.Root] },
        { "PachUp.Plugins.Kubernetes", ["Settings", "Api", "Manifests", "NodePorts", "Waiting", "Connections", "Fencing", "Looking", "Locking", "Switching", "Undeploying", "Deploying", "Checks", "Actions", "InCluster", FolderRules.Root] },
        { "PachUp.Plugins.Pachyderm17To18", [FolderRules.Root] },
        { "PachUp.Plugins.Pachyderm17To19", [FolderRules.Root] },
        { "PachUp.Plugins.Pachyderm18To19", [FolderRules.Root] },
        { "PachUp.Plugins.Pachyderm19To110", [FolderRules.Root] },
        { "PachUp.Plugins.Pachyderm110To111", [FolderRules.Root] },
        { "PachUp.Plugins.Pachyderm112To113", [FolderRules.Root] },
        { "PachUp.Plugins.Pachyderm111To112", [FolderRules.Root] },
        { "PachUp.Packages", ["Feeds", "Contents", "Signatures", "Resolving", FolderRules.Root] },
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public void Each_folder_uses_only_those_to_its_left(string project, string[] order)
    {
        var violations = FolderRules.Violations(TypeUses.Of(ShippedAssembly.PathOf(project)), order);

        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Each_file_has_the_namespace_of_its_folder(string project, string[] order)
    {
        Assert.NotEmpty(order);
        var folder = FolderOf(project);
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => !IsOutput(Path.GetRelativePath(folder, file))).ToList();

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => NamespaceOf(file) is { } found && found != ExpectedNamespace(project, folder, file));
    }

    [Fact]
    public void Every_project_that_ships_code_has_an_order()
    {
        var projects = new[] { "src", "plugins" }
            .SelectMany(folder => Directory.EnumerateDirectories(Path.Combine(Repository.Path, folder)))
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => Path.GetFileName(folder))
            .Except(["PachUp.Templates"]); // It packs source code, and has none of its own.

        Assert.Empty(projects.Except(Projects.Select(row => (string)row[0])));
    }

    private static string FolderOf(string project) => new[] { "src", "plugins" }.Select(folder => Path.Combine(Repository.Path, folder, project)).First(Directory.Exists);

    private static bool IsOutput(string relative) => relative.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";

    private static string ExpectedNamespace(string project, string folder, string file) =>
        $"{project}.{Path.GetRelativePath(folder, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.')}".TrimEnd('.');

    private static string? NamespaceOf(string file) => Declaration().Match(File.ReadAllText(file)) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
