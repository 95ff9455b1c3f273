using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.PackageFeed;
using PachUp.Packages.Contents;
using PachUp.Packages.Feeds;

namespace PachUp.Packages.Tests;

public sealed class RefusedPackagesTests : IDisposable
{
    private const int SymbolicLink = 0xA1FF;

    private readonly PackageWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Theory]
    [InlineData("../evil.dll", "leads elsewhere")]
    [InlineData("lib/net10.0/../../evil.dll", "leads elsewhere")]
    [InlineData("lib/net10.0/%2e%2e/%2e%2e/evil.dll", "leads elsewhere")]
    [InlineData("lib/net10.0//evil.dll", "leads elsewhere")]
    [InlineData("lib/net10.0/evil.dll.", "leads elsewhere")]
    [InlineData("/tmp/evil.dll", "names a disk or its root")]
    [InlineData("C:/evil.dll", "names a disk or its root")]
    [InlineData("lib\\net10.0\\evil.dll", "has a backslash")]
    [InlineData("lib/net10.0/..%5Cevil.dll", "has a backslash")]
    [InlineData("lib/net10.0/evil\u0007.dll", "has control characters")]
    public Task A_path_that_could_lead_out_is_refused(string path, string wrong) =>
        RefusesAsync(Plugin.WithRawEntry(path, "evil"u8.ToArray()), $"The package GoodPlugin 1.0.0 holds a file whose name {wrong}: \"");

    [Fact]
    public Task A_link_is_refused() => RefusesAsync(
        Plugin.WithRawEntry("lib/net10.0/link", "/etc/passwd"u8.ToArray(), SymbolicLink),
        "The package GoodPlugin 1.0.0 holds a file whose name is that of a link or device: \"lib/net10.0/link\".");

    [Theory]
    [InlineData("lib/net10.0/goodplugin.DLL")]
    [InlineData("lib/net10.0/%47oodPlugin.dll")]
    public Task Two_files_that_are_one_on_some_disks_are_refused(string path) =>
        RefusesAsync(Plugin.WithRawEntry(path, "evil"u8.ToArray()), $"The package GoodPlugin 1.0.0 holds the file \"{path}\" twice.");

    [Fact]
    public async Task A_package_that_is_too_large_is_refused_packed_or_unpacked_or_in_files()
    {
        await _workshop.PublishAsync(Plugin.With("lib/net10.0/zeros.bin", new byte[1_000_000]));

        await RefusesAsync("The package GoodPlugin 1.0.0 is larger than 1,000 bytes.", new PackageLimits { PackedBytes = 1_000 });
        await RefusesAsync("The package GoodPlugin 1.0.0 unpacks to ", new PackageLimits { UnpackedBytes = 1_000_000 });
        await RefusesAsync("The package GoodPlugin 1.0.0 holds ", new PackageLimits { Files = 3 });
    }

    [Fact]
    public Task A_package_that_is_no_plugin_is_refused() => RefusesAsync(
        Plugin.NeedsNothing(),
        "GoodPlugin 1.0.0 is not a plugin of PachUp: its package neither has the type PachUpPlugin nor depends on PachUp.Sdk.");

    [Theory]
    [InlineData("9.0.0", "(>= 9.0.0)")]
    [InlineData("[0.0.1]", "(= 0.0.1)")]
    public Task A_package_for_another_contract_is_refused_with_both_versions(string needed, string range) => RefusesAsync(
        Plugin.NeedsNothing().Needs("PachUp.Sdk", needed),
        $"GoodPlugin 1.0.0 needs PachUp.Sdk {range}; this PachUp has PachUp.Sdk {HostAssemblies.VersionOf("PachUp.Sdk")}.");

    [Fact]
    public Task A_dependency_that_needs_another_version_of_a_shared_assembly_is_refused() => RefusesAsync(
        Plugin.Needs("Acme.Tools", "1.0.0"),
        $"Acme.Tools 1.0.0 needs Google.Protobuf (>= 99.0.0); this PachUp has Google.Protobuf {HostAssemblies.VersionOf("Google.Protobuf")}.",
        new TestPackage("Acme.Tools", "1.0.0").Needs("Google.Protobuf", "99.0.0"));

    [Fact]
    public Task An_assembly_for_a_later_contract_is_refused_whatever_its_package_says() => RefusesAsync(
        TestPackage.OfPlugin("FuturePlugin"), "It was built against PachUp.Sdk 9.0.0.0; this PachUp has ");

    [Fact]
    public Task A_copy_of_the_contract_is_refused() => RefusesAsync(
        Plugin.With("lib/net10.0/PachUp.Sdk.dll", "a copy"),
        "GoodPlugin 1.0.0 contains its own copy of PachUp.Sdk.dll, so that this PachUp cannot load it.");

    [Fact]
    public Task A_package_without_its_main_assembly_is_refused() => RefusesAsync(
        new TestPackage("GoodPlugin", "1.0.0").OfType("PachUpPlugin").With("lib/net10.0/Other.dll", "other"),
        "GoodPlugin 1.0.0 has no \"lib/net10.0/GoodPlugin.dll\", the main assembly of a plugin.");

    [Fact]
    public Task A_package_for_another_framework_is_refused() => RefusesAsync(
        new TestPackage("GoodPlugin", "1.0.0").OfType("PachUpPlugin").With("lib/net472/GoodPlugin.dll", "old"),
        "GoodPlugin 1.0.0 is for net472; plugins of this PachUp are for net10.0.");

    [Fact]
    public Task Something_that_is_no_assembly_is_refused() => RefusesAsync(
        new TestPackage("GoodPlugin", "1.0.0").OfType("PachUpPlugin").With("lib/net10.0/GoodPlugin.dll", "text"), "It is not a .NET assembly.");

    [Fact]
    public Task Two_packages_that_bring_the_same_file_are_refused() => RefusesAsync(
        Plugin.Needs("Acme.Tools", "1.0.0").With("lib/net10.0/Acme.Tools.dll", "one"),
        "GoodPlugin 1.0.0 and Acme.Tools 1.0.0 both bring \"Acme.Tools.dll\".",
        new TestPackage("Acme.Tools", "1.0.0").With("lib/net8.0/Acme.Tools.dll", "another"));

    [Fact]
    public async Task A_file_that_is_no_package_is_refused()
    {
        await File.WriteAllTextAsync(Path.Combine(_workshop.Feed, "GoodPlugin.1.0.0.nupkg"), "half a package");

        var failure = await Assert.ThrowsAsync<FeedException>(() => _workshop.PrepareAsync("GoodPlugin"));

        Assert.StartsWith($"The folder \"{_workshop.Feed}\" cannot be read as one of packages: ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_workshop.AllPluginFiles);
    }

    private static TestPackage Plugin => TestPackage.OfPlugin("GoodPlugin");

    private async Task RefusesAsync(TestPackage package, string message, params TestPackage[] others)
    {
        await _workshop.PublishAsync([package, .. others]);
        var refusal = await Assert.ThrowsAsync<PluginException>(() => _workshop.PrepareAsync(package.Id));

        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Remedy);
        Assert.Empty(_workshop.AllPluginFiles);
    }

    private async Task RefusesAsync(string message, PackageLimits limits)
    {
        var refusal = await Assert.ThrowsAsync<PluginException>(() => _workshop.PrepareAsync("GoodPlugin", limits: limits));

        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_workshop.AllPluginFiles);
    }
}
