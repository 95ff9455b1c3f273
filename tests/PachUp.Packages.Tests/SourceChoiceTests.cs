using PachUp.PackageFeed;
using PachUp.Packages.Feeds;

namespace PachUp.Packages.Tests;

/// <summary>Whoever can publish a package in one source must not be able to replace a package of another source.</summary>
public sealed class SourceChoiceTests : IDisposable
{
    private readonly PackageWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public async Task A_plugin_that_two_sources_have_is_refused_with_both_names()
    {
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin", "1.0.0"));
        await PublishInSecondAsync(TestPackage.OfPlugin("GoodPlugin", "99.0.0"));

        var refusal = await Assert.ThrowsAsync<FeedException>(() => _workshop.PrepareAsync("GoodPlugin"));

        Assert.Contains($"\"{_workshop.Feed}\", \"{_workshop.SecondFeed}\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--feed", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mapping_of_NuGet_config_says_which_source_a_package_comes_from()
    {
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin", "1.0.0"));
        await PublishInSecondAsync(
            """<packageSourceMapping><packageSource key="Acme"><package pattern="GoodPlugin" /></packageSource></packageSourceMapping>""",
            TestPackage.OfPlugin("GoodPlugin", "99.0.0"));

        var prepared = await _workshop.PrepareAsync("GoodPlugin");

        Assert.Equal(("1.0.0", _workshop.Feed), (prepared.Entry.Version, prepared.Entry.Source));
    }

    [Fact]
    public async Task A_dependency_that_two_sources_have_comes_from_the_source_of_the_plugin()
    {
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin").Needs("Acme.Tools", "[1.0.0, )"), Library("Acme.Tools", "1.5.0"));
        await PublishInSecondAsync(Library("Acme.Tools", "1.0.0"));

        var dependency = Assert.Single((await _workshop.PrepareAsync("GoodPlugin")).Entry.Dependencies);

        Assert.Equal(("1.5.0", _workshop.Feed), (dependency.Version, dependency.Source));
    }

    [Fact]
    public async Task A_dependency_that_only_another_source_has_comes_from_there()
    {
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin").Needs("Acme.Tools", "1.0.0"));
        await PublishInSecondAsync(Library("Acme.Tools", "1.0.0"));

        Assert.Equal(_workshop.SecondFeed, Assert.Single((await _workshop.PrepareAsync("GoodPlugin")).Entry.Dependencies).Source);
    }

    [Fact]
    public async Task An_update_comes_from_the_source_of_the_installed_version()
    {
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin", "1.0.0"), TestPackage.OfPlugin("GoodPlugin", "1.1.0"));
        await _workshop.InstallAsync("GoodPlugin", VersionRequest.Exactly("1.0.0"));
        await PublishInSecondAsync(TestPackage.OfPlugin("GoodPlugin", "99.0.0"));

        var prepared = await _workshop.PrepareAsync("GoodPlugin");

        Assert.Equal(("1.1.0", _workshop.Feed), (prepared.Entry.Version, prepared.Entry.Source));
    }

    [Fact]
    public async Task A_dependency_of_an_update_comes_from_its_source_too()
    {
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin").Needs("Acme.Tools", "1.0.0"));
        await PublishInSecondAsync(Library("Acme.Tools", "1.0.0"), Library("Acme.Tools", "1.1.0"));
        await _workshop.InstallAsync("GoodPlugin");
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin", "2.0.0").Needs("Acme.Tools", "1.1.0"), Library("Acme.Tools", "1.1.0"));

        Assert.Equal(_workshop.SecondFeed, Assert.Single((await _workshop.PrepareAsync("GoodPlugin")).Entry.Dependencies).Source);
    }

    [Fact]
    public async Task An_update_is_refused_if_the_source_of_the_installed_version_is_gone_unless_another_is_named()
    {
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin", "1.0.0"));
        await _workshop.InstallAsync("GoodPlugin");
        await PackageWorkshop.PublishAsync(_workshop.SecondFeed, TestPackage.OfPlugin("GoodPlugin", "1.1.0"));
        _workshop.Configure(source: _workshop.SecondFeed);

        var refusal = await Assert.ThrowsAsync<FeedException>(() => _workshop.PrepareAsync("GoodPlugin"));
        var named = await _workshop.PrepareAsync("GoodPlugin", sources: [_workshop.SecondFeed]);

        Assert.Equal($"GoodPlugin was installed from \"{_workshop.Feed}\", which is not among the sources of packages now.", refusal.Message);
        Assert.Equal(("1.1.0", _workshop.SecondFeed), (named.Entry.Version, named.Entry.Source));
    }

    private static TestPackage Library(string id, string version) => new TestPackage(id, version).With($"lib/net8.0/{id}.dll", "a library");

    private Task PublishInSecondAsync(params TestPackage[] packages) => PublishInSecondAsync("", packages);

    private async Task PublishInSecondAsync(string settings, params TestPackage[] packages)
    {
        await PackageWorkshop.PublishAsync(_workshop.SecondFeed, packages);
        _workshop.Configure(settings, second: _workshop.SecondFeed);
    }
}
