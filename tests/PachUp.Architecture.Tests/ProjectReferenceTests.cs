using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PachUp.Architecture.Tests;

public sealed class ProjectReferenceTests
{
    [Theory]
    [InlineData("PachUp.Pachyderm")]
    [InlineData("PachUp.Sdk", "PachUp.Pachyderm")]
    [InlineData("PachUp.Engine", "PachUp.Sdk", "PachUp.Pachyderm")]
    [InlineData("PachUp.Sandbox", "PachUp.Sdk", "PachUp.Pachyderm")]
    [InlineData("PachUp.Sdk.Testing", "PachUp.Engine", "PachUp.Sandbox", "PachUp.Sdk", "PachUp.Pachyderm")]
    [InlineData("PachUp.Packages", "PachUp.Engine", "PachUp.Sdk", "PachUp.Pachyderm")]
    [InlineData("PachUp", "PachUp.Engine", "PachUp.Packages", "PachUp.Sandbox", "PachUp.Sdk", "PachUp.Pachyderm")]
    [InlineData("plugins/PachUp.Plugins.Pachyderm18To19/PachUp.Plugins.Pachyderm18To19", "PachUp.Sdk", "PachUp.Pachyderm")]
    public void References_point_one_way(string assembly, params string[] allowed)
    {
        var references = OwnReferences(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

        Assert.Empty(references.Except(allowed));
    }

    private static IEnumerable<string> OwnReferences(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Where(name => name.StartsWith("PachUp", StringComparison.Ordinal))];
    }
}
