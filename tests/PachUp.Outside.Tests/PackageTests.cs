using System.IO.Compression;
using System.Xml.Linq;

namespace PachUp.Outside.Tests;

/// <summary>What a person sees of a package before using it.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly Stranger _stranger = new();

    public void Dispose() => _stranger.Dispose();

    [Theory]
    [InlineData("PachUp.Sdk")]
    [InlineData("PachUp.Templates")]
    [InlineData("PachUp")]
    public async Task A_package_has_licence_icon_readme_notes_and_the_place_of_its_sources(string id)
    {
        await _stranger.PackAsync(id);

        var (about, files) = Read(Directory.EnumerateFiles(_stranger.Feed, "*.nupkg").Single());
        Assert.Equal(("expression", "MIT"), (about["license"].Attribute("type")?.Value, about["license"].Value));
        Assert.Equal("The PachUp founders", about["authors"].Value);
        Assert.Equal("icon.png", about["icon"].Value);
        Assert.Contains("pachyderm", about["tags"].Value, StringComparison.Ordinal);
        Assert.Contains("Migrates between the lines", about["releaseNotes"].Value, StringComparison.Ordinal);
        Assert.Equal(about["projectUrl"].Value, about["repository"].Attribute("url")?.Value);
        Assert.Matches("^[0-9a-f]{40}$", about["repository"].Attribute("commit")?.Value);
        Assert.Contains("Permission is hereby granted", files["LICENSE.txt"], StringComparison.Ordinal);
        Assert.InRange(files["icon.png"].Length, 1, 10_000);
        Assert.NotEmpty(files[about["readme"].Value]);
    }

    [Fact]
    public async Task A_library_has_its_symbols_in_a_package_of_their_own()
    {
        await _stranger.PackAsync("PachUp.Common");

        using var symbols = ZipFile.OpenRead(Directory.EnumerateFiles(_stranger.Feed, "*.snupkg").Single());
        Assert.Contains(symbols.Entries, entry => entry.FullName == "lib/net10.0/PachUp.Common.pdb");
    }

    private static (Dictionary<string, XElement> About, Dictionary<string, string> Files) Read(string file)
    {
        using var package = ZipFile.OpenRead(file);
        var files = package.Entries.Where(entry => !entry.FullName.Contains('/', StringComparison.Ordinal)).ToDictionary(entry => entry.FullName, TextOf);
        var about = XDocument.Parse(files.Single(entry => entry.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value);
        return (about.Root!.Elements().Single().Elements().ToDictionary(element => element.Name.LocalName), files);
    }

    private static string TextOf(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
