using System.Text.RegularExpressions;
using System.Xml.Linq;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests;

/// <summary>These tests do not build the image. They check that every copied file exists and that the projects need no other file.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(Recordings.Root, "..", ".."));

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository, "src", "PachUp", "Dockerfile"));

    // The files that are copied from the repository, and not from an earlier stage.
    private static readonly string[] Copied =
        [.. Lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1])];

    [Fact]
    public void EveryCopiedFile_Exists() =>
        Assert.All(Copied, source => Assert.True(Path.Exists(Path.Combine(Repository, source)), $"there is no {source}"));

    [Fact]
    public void EverythingThatTheProjectsName_IsCopied()
    {
        var named = new[] { "src", "plugins" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository, folder), "*.csproj", SearchOption.AllDirectories))
            .SelectMany(FilesNamedBy)
            .ToList();

        Assert.Contains("migration-plans", named);
        Assert.All(named, path => Assert.True(Copied.Any(source => path == source || path.StartsWith(source + "/", StringComparison.Ordinal)), $"{path} is not copied"));
    }

    [Fact]
    public void TheStartedProgram_IsThePublishedProgram_AndNotAsRoot()
    {
        Assert.Contains("RUN dotnet publish src/PachUp --configuration Release --output /pachup -p:RunAnalyzers=false", Lines);
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"/pachup/PachUp.dll\"]", Lines);
        Assert.Contains("USER $APP_UID", Lines);
    }

    [Fact]
    public void TheImageOfThePackage_RunsAsTheImageOfTheSourcesDoes()
    {
        string[] ofPackage = File.ReadAllLines(Path.Combine(Repository, "src", "packaging", "Dockerfile"));
        var last = Array.FindIndex(Lines, line => line.StartsWith("COPY --from=build", StringComparison.Ordinal));

        Assert.Contains("RUN dotnet tool install PachUp --version \"$VERSION\" --tool-path /pachup", ofPackage);
        Assert.Contains("COPY --from=install /pachup /pachup", ofPackage);
        Assert.Equal(
            [.. Lines[(last + 1)..].Where(line => !line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)), "ENTRYPOINT [\"/pachup/pachup\"]"],
            ofPackage[(Array.FindIndex(ofPackage, line => line.StartsWith("COPY --from=install", StringComparison.Ordinal)) + 1)..]);
    }

    // Relative to the top folder, with forward slashes, up to the first wildcard.
    private static IEnumerable<string> FilesNamedBy(string project) => XDocument.Load(project).Descendants()
        .SelectMany(element => element.Attributes("Include"))
        .SelectMany(attribute => Outside().Matches(attribute.Value).Select(match => match.Value))
        .Select(path => Path.GetRelativePath(Repository, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, path))).Replace('\\', '/'));

    [GeneratedRegex(@"\.\./[^;*%@$']*[^;*%@$'/]")]
    private static partial Regex Outside();
}
