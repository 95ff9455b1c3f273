using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PachUp.Architecture.Tests;

public sealed class ProjectReferenceTests
{
    [Theory]
    [InlineData("PachUp.Common")]
    [InlineData("PachUp.Pachyderm", "PachUp.Common")]
    [InlineData("PachUp.Sdk", "PachUp.Pachyderm", "PachUp.Common")]
    [InlineData("PachUp.Sdk.Platforms", "PachUp.Sdk", "PachUp.Pachyderm", "PachUp.Common")]
    [InlineData("PachUp.Rewriting", "PachUp.Sdk", "PachUp.Pachyderm", "PachUp.Common")]
    [InlineData("PachUp.Verification", "PachUp.Sdk.Platforms", "PachUp.Sdk", "PachUp.Pachyderm", "PachUp.Common")]
    [InlineData("PachUp.Engine", "PachUp.Verification", "PachUp.Rewriting", "PachUp.Sdk.Platforms", "PachUp.Sdk", "PachUp.Pachyderm", "PachUp.Common")]
    [InlineData("PachUp.Sandbox", "PachUp.Sdk.Platforms", "PachUp.Sdk", "PachUp.Pachyderm", "PachUp.Common")]
    [InlineData("PachUp.Sdk.Testing", "PachUp.Steps", "PachUp.Engine", "PachUp.Sandbox", "PachUp.Verification", "PachUp.Rewriting", "PachUp.Sdk.Platforms", "PachUp.Sdk", "PachUp.Pachyderm", "PachUp.Common")]
    [InlineData("PachUp.Packages", "PachUp.Engine", "PachUp.Sdk.Platforms", "PachUp.Sdk", "PachUp.Pachyderm", "PachUp.Common")]
    [InlineData("PachUp", "PachUp.Engine", "PachUp.Packages", "PachUp.Sandbox", "PachUp.Verification", "PachUp.Sdk.Platforms", "PachUp.Sdk", "PachUp.Pachyderm", "PachUp.Common")]
    [InlineData("plugins/PachUp.Steps/PachUp.Steps", "PachUp.Verification", "PachUp.Rewriting", "PachUp.Sdk.Platforms", "PachUp.Sdk", "PachUp.Pachyderm", "PachUp.Common")]
    [InlineData("plugins/PachUp.Plugins.Buckets/PachUp.Plugins.Buckets", "PachUp.Sdk", "PachUp.Pachyderm", "PachUp.Common")]
    [InlineData("plugins/PachUp.Plugins.Kubernetes/PachUp.Plugins.Kubernetes", "PachUp.Sdk.Platforms", "PachUp.Sdk", "PachUp.Pachyderm", "PachUp.Common")]
    [InlineData("plugins/PachUp.Plugins.Pachyderm18To19/PachUp.Plugins.Pachyderm18To19", "PachUp.Rewriting", "PachUp.Sdk", "PachUp.Pachyderm")]
    public void References_point_one_way(string assembly, params string[] allowed)
    {
        var references = OwnReferences(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

        Assert.Empty(references.Except(allowed));
    }

    [Theory]
    [InlineData("src")]
    [InlineData("plugins")]
    public void What_ships_takes_nothing_from_the_tests(string folder)
    {
        var builds = Directory.EnumerateFiles(Path.Combine(Repository.Path, folder), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".csproj" or ".props" or ".targets" || Path.GetFileName(file) == "Dockerfile")
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(builds);
        Assert.DoesNotContain(builds, file => File.ReadAllText(file).Replace('\\', '/').Contains("../tests/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> OwnReferences(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Where(name => name.StartsWith("PachUp", StringComparison.Ordinal))];
    }
}
