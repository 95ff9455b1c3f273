using PachUp.Cli;
using PachUp.Commands.Plugins.New;
using PachUp.Pachyderm;
using PachUp.Testing;

namespace PachUp.Tests.Commands.Plugins.New;

public sealed class PairTemplateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 10, 1, 11, "new(1, 10)", "new(1, 11)", "Release.Parse(\"1.10.5\")")]
    [InlineData(1, 8, 1, 9, "new(1, 8)", "new(1, 9)", "Release.Parse(\"1.8.7\")")]
    [InlineData(1, 13, 2, 0, "new(1, 13)", "new(2, 0)", "Release.Parse(\"1.13.4\")")]
    public void The_route_is_of_the_two_lines_and_starts_from_the_oldest_release_that_can_be_tried(
        int fromMajor, int fromMinor, int toMajor, int toMinor, string from, string to, string atLeast)
    {
        var pair = new PairTemplate("Acme.Next", new ReleaseLine(fromMajor, fromMinor), new ReleaseLine(toMajor, toMinor));

        pair.WriteTo(_folder.Path);

        var route = File.ReadAllText(_folder.File($"Acme.Next/Acme.Next/Route{fromMajor}{fromMinor}To{toMajor}{toMinor}.cs"));
        Assert.Contains($"From {{ get; }} = {from};", route, StringComparison.Ordinal);
        Assert.Contains($"To {{ get; }} = {to};", route, StringComparison.Ordinal);
        Assert.Contains(atLeast, route, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 6, 1, 7, "1.6")]
    [InlineData(1, 8, 1, 9, null)]
    [InlineData(1, 13, 2, 0, null)]
    public void A_line_without_a_sandbox_is_named(int fromMajor, int fromMinor, int toMajor, int toMinor, string? without) =>
        Assert.Equal(without, new PairTemplate("Acme.Next", new ReleaseLine(fromMajor, fromMinor), new ReleaseLine(toMajor, toMinor)).WithoutSandbox?.ToString());

    [Fact]
    public void Nothing_of_the_template_is_left_in_it()
    {
        var pair = new PairTemplate("Contoso.Next", new ReleaseLine(1, 10), new ReleaseLine(1, 11));

        var folder = pair.WriteTo(_folder.Path);

        var written = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToList();
        Assert.Equal(pair.Files, written.Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(written, file => file.Contains("Acme", StringComparison.Ordinal));
        Assert.All(written.Select(File.ReadAllText), text => Assert.DoesNotMatch(@"Acme|acme|PACHUP_SDK_VERSION|(?<![\d.])1(\.|, )8", text));
    }

    [Fact]
    public void A_folder_that_is_there_is_not_written_into()
    {
        Directory.CreateDirectory(_folder.File("Acme.Next"));
        var pair = new PairTemplate("Acme.Next", new ReleaseLine(1, 9), new ReleaseLine(1, 10));

        var refusal = Assert.Throws<UsageException>(() => pair.WriteTo(_folder.Path));

        Assert.Equal($"\"{_folder.File("Acme.Next")}\" exists already", refusal.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("Acme.Next")));
    }

    [Theory]
    [InlineData("Acme.Next", true)]
    [InlineData("Pachyderm19To110", true)]
    [InlineData("9Lives", false)]
    [InlineData("Acme-Next", false)]
    [InlineData("Acme..Next", false)]
    [InlineData("../Acme", false)]
    public void A_name_can_be_a_namespace(string name, bool isName) => Assert.Equal(isName, PairTemplate.IsName(name));
}
