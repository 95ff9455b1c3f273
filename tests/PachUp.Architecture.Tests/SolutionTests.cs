using System.Text.RegularExpressions;

namespace PachUp.Architecture.Tests;

public partial class SolutionTests
{
    private static readonly string Solution = File.ReadAllText(Path.Combine(Repository.Path, "PachUp.sln"));

    [Fact]
    public void The_solution_has_Debug_and_Release_for_Any_CPU_only()
    {
        Assert.Equal(["Debug|Any CPU", "Release|Any CPU"], Configurations().Matches(Solution).Select(match => match.Groups[1].Value).Distinct().Order());
    }

    [Theory]
    [InlineData("src")]
    [InlineData("plugins")]
    [InlineData("tests")]
    public void The_solution_has_every_project(string folder)
    {
        var projects = Directory.EnumerateDirectories(Path.Combine(Repository.Path, folder)).SelectMany(project => Directory.EnumerateFiles(project, "*.csproj")).ToList();

        Assert.NotEmpty(projects);
        Assert.DoesNotContain(projects, project => !Solution.Contains(Path.GetRelativePath(Repository.Path, project).Replace('/', '\\'), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\b((?:Debug|Release)\|[\w ]+?)(?:\.| =)")]
    private static partial Regex Configurations();
}
