using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;
using PachUp.PackageFeed;
using PachUp.Packages.Feeds;

namespace PachUp.Packages.Tests;

public sealed class InstallTests : IDisposable
{
    private readonly PackageWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public async Task The_highest_stable_version_is_installed_with_its_dependencies_and_plans()
    {
        await _workshop.PublishAsync(
            TestPackage.OfPlugin("GoodPlugin"),
            TestPackage.OfPlugin("GoodPlugin", "1.2.0").Needs("Acme.Tools", "2.0.0").With("plans/freeze.yaml", "name: freeze"),
            TestPackage.OfPlugin("GoodPlugin", "2.0.0-beta"),
            Library("Acme.Tools", "2.0.0"));

        var files = await _workshop.InstallAsync("goodplugin");

        Assert.Equal(["Acme.Tools.dll", "GoodPlugin.dll", "plans/freeze.yaml"], files);
        var entry = Assert.Single(PluginLockFile.Read(_workshop.Plugins).Plugins);
        Assert.Equal(("GoodPlugin", "1.2.0", "not signed", _workshop.Feed), (entry.Id, entry.Version, entry.Signature, entry.Source));
        Assert.Equal(PluginFiles.Read(Path.Combine(_workshop.Plugins, "GoodPlugin")).Sha256, entry.FilesSha256);
        Assert.Equal(["Acme.Tools 2.0.0"], entry.Dependencies.Select(package => $"{package.Id} {package.Version}"));
        Assert.All(entry.Dependencies.Select(package => package.Sha512).Append(entry.Sha512), hash => Assert.Equal(64, Convert.FromBase64String(hash).Length));
    }

    [Theory]
    [InlineData("1.0.0", "1.0.0")]
    [InlineData("[1.0,1.5)", "1.2.0")]
    [InlineData("1.*", "1.9.0")]
    [InlineData("2.0.0-beta", "2.0.0-beta")]
    public async Task A_version_means_exactly_itself_and_a_range_means_its_highest_version(string wanted, string version)
    {
        await _workshop.PublishAsync([.. new[] { "1.0.0", "1.2.0", "1.9.0", "2.0.0-beta" }.Select(known => TestPackage.OfPlugin("GoodPlugin", known))]);

        var prepared = await _workshop.PrepareAsync("GoodPlugin", Wanted(wanted));

        Assert.Equal(version, prepared.Entry.Version);
    }

    [Fact]
    public async Task Assemblies_of_the_host_and_the_runtime_are_not_installed()
    {
        await _workshop.PublishAsync(
            TestPackage.OfPlugin("GoodPlugin").Needs("Google.Protobuf", "3.0.0").Needs("System.Text.Json", "8.0.0").Needs("Acme.Tools", "1.0.0"),
            Library("Acme.Tools", "1.0.0").Needs("Microsoft.Extensions.Logging.Abstractions", "8.0.0").With("lib/net8.0/Google.Protobuf.dll", "a copy"));

        Assert.Equal(["Acme.Tools.dll", "GoodPlugin.dll"], await _workshop.InstallAsync("GoodPlugin"));
    }

    [Fact]
    public async Task All_packages_get_the_lowest_version_of_a_dependency_that_fits_them()
    {
        await _workshop.PublishAsync(
            TestPackage.OfPlugin("GoodPlugin").Needs("Acme.Tools", "1.0.0").Needs("Acme.Pipes", "1.0.0"),
            Library("Acme.Pipes", "1.0.0").Needs("Acme.Tools", "[1.1.0,2.0.0)"),
            Library("Acme.Tools", "1.0.0").Needs("Acme.OnlyOfOld", "1.0.0"),
            Library("Acme.Tools", "1.1.5-beta"),
            Library("Acme.Tools", "1.1.5"),
            Library("Acme.Tools", "1.2.0"),
            Library("Acme.OnlyOfOld", "1.0.0"));

        var prepared = await _workshop.PrepareAsync("GoodPlugin");

        Assert.Equal(["Acme.Pipes 1.0.0", "Acme.Tools 1.1.5"], prepared.Entry.Dependencies.Select(package => $"{package.Id} {package.Version}"));
    }

    [Fact]
    public async Task Conflicting_versions_are_refused_with_all_packages_that_need_them()
    {
        await _workshop.PublishAsync(
            TestPackage.OfPlugin("GoodPlugin").Needs("Acme.Tools", "[1.0.0]").Needs("Acme.Pipes", "1.0.0"),
            Library("Acme.Pipes", "1.0.0").Needs("Acme.Tools", "2.0.0"),
            Library("Acme.Tools", "1.0.0"),
            Library("Acme.Tools", "2.0.0"));

        var refusal = await Assert.ThrowsAsync<PluginException>(() => _workshop.PrepareAsync("GoodPlugin"));

        Assert.StartsWith("No version of Acme.Tools fits: GoodPlugin 1.0.0 needs (= 1.0.0), Acme.Pipes 1.0.0 needs (>= 2.0.0);", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Native_libraries_for_this_machine_are_installed_and_others_are_refused_by_name()
    {
        var here = Contents.RuntimeFolders.Fitting[0];
        await _workshop.PublishAsync(
            TestPackage.OfPlugin("GoodPlugin").Needs("Acme.Native", "1.0.0"),
            TestPackage.OfPlugin("GoodPlugin", "2.0.0").Needs("Acme.Foreign", "1.0.0"),
            Library("Acme.Native", "1.0.0").With($"runtimes/{here}/native/libacme.so", "here").With("runtimes/plan9-mips/native/libacme.so", "there"),
            Library("Acme.Foreign", "1.0.0").With("runtimes/plan9-mips/native/libacme.so", "there"));

        var files = await _workshop.InstallAsync("GoodPlugin", Wanted("1.0.0"));
        var refusal = await Assert.ThrowsAsync<PluginException>(() => _workshop.PrepareAsync("GoodPlugin"));

        Assert.Equal(["Acme.Native.dll", "GoodPlugin.dll", "libacme.so"], files);
        Assert.Equal($"Acme.Foreign 1.0.0 has native libraries for plan9-mips, but not for this machine ({here}).", refusal.Message);
    }

    [Fact]
    public async Task Packages_in_the_NuGet_folder_are_not_requested_from_a_source()
    {
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin").Needs("Acme.Tools", "1.0.0"), Library("Acme.Tools", "1.0.0"));
        await RestoreAsync(TestPackage.OfPlugin("GoodPlugin").Needs("Acme.Tools", "1.0.0"), Library("Acme.Tools", "1.0.0"));
        _workshop.Configure(source: Unreachable);

        var prepared = await _workshop.PrepareAsync("GoodPlugin", Wanted("1.0.0"));

        Assert.Equal(Unreachable, prepared.Entry.Source);
        Assert.Equal(Unreachable, Assert.Single(prepared.Entry.Dependencies).Source);
    }

    [Fact]
    public async Task Packages_in_the_NuGet_folder_that_came_from_elsewhere_are_not_used()
    {
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin"));
        await RestoreAsync(TestPackage.OfPlugin("GoodPlugin").With("plans/planted.yaml", "planted by another project"));

        var prepared = await _workshop.PrepareAsync("GoodPlugin", Wanted("1.0.0"));

        Assert.Equal(_workshop.Feed, prepared.Entry.Source);
        Assert.Empty(prepared.Plans);
    }

    [Fact]
    public async Task A_dependency_that_a_build_has_brought_need_not_be_in_the_feed_that_is_named()
    {
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin").Needs("Acme.Tools", "1.0.0"));
        await RestoreAsync(Library("Acme.Tools", "1.0.0"));

        var prepared = await _workshop.PrepareAsync("GoodPlugin", sources: [_workshop.Feed]);

        Assert.Equal(Unreachable, Assert.Single(prepared.Entry.Dependencies).Source);
        await Assert.ThrowsAsync<PluginException>(() => _workshop.PrepareAsync("GoodPlugin"));
    }

    [Fact]
    public async Task A_missing_package_and_a_missing_version_have_different_messages()
    {
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin"));

        var unknown = await Assert.ThrowsAsync<PackageNotFoundException>(() => _workshop.PrepareAsync("BadPlugin"));
        var version = await Assert.ThrowsAsync<PackageNotFoundException>(() => _workshop.PrepareAsync("GoodPlugin", Wanted("9.0.0")));

        Assert.Equal($"There is no package \"BadPlugin\" in \"{_workshop.Feed}\".", unknown.Message);
        Assert.Equal("No version of GoodPlugin matches 9.0.0. There are 1.0.0.", version.Message);
    }

    [Fact]
    public async Task Later_versions_are_found_and_prereleases_only_for_an_installed_prerelease()
    {
        await _workshop.PublishAsync([.. new[] { "1.0.0", "1.2.0", "2.0.0-beta" }.Select(known => TestPackage.OfPlugin("GoodPlugin", known))]);
        var old = (await _workshop.PrepareAsync("GoodPlugin", Wanted("1.0.0"))).Entry;
        var packages = _workshop.Open();

        Assert.Equal("1.2.0", await packages.FindLaterAsync(old, CancellationToken.None));
        Assert.Null(await packages.FindLaterAsync(old with { Version = "1.2.0" }, CancellationToken.None));
        Assert.Equal("2.0.0-beta", await packages.FindLaterAsync(old with { Version = "2.0.0-alpha" }, CancellationToken.None));
    }

    private const string Unreachable = "http://127.0.0.1:1/index.json";

    private static VersionRequest Wanted(string text) => VersionRequest.TryParse(text, out var wanted) ? wanted : throw new ArgumentException(text, nameof(text));

    private static TestPackage Library(string id, string version) => new TestPackage(id, version).With($"lib/net8.0/{id}.dll", "a library");

    /// <summary>Puts packages where a restore would put them.</summary>
    private async Task RestoreAsync(params TestPackage[] packages)
    {
        foreach (var package in packages)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_workshop.GlobalPackages, package.Id.ToLowerInvariant(), package.Version)).FullName;
            File.Move(await package.WriteToAsync(folder), Path.Combine(folder, $"{package.Id.ToLowerInvariant()}.{package.Version}.nupkg"));
            await File.WriteAllTextAsync(
                Path.Combine(folder, ".nupkg.metadata"), """{ "version": 2, "contentHash": "x", "source": "UNREACHABLE" }""".Replace("UNREACHABLE", Unreachable, StringComparison.Ordinal));
        }
    }
}
