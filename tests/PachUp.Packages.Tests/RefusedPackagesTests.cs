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
    [InlineData("../evil.dll", "leaves the folder of the package")]
    [InlineData("lib/net10.0/../../evil.dll", "leaves the folder of the package")]
    [InlineData("lib/net10.0/%2e%2e/%2e%2e/evil.dll", "leaves the folder of the package")]
    [InlineData("lib/net10.0//evil.dll", "leaves the folder of the package")]
    [InlineData("lib/net10.0/evil.dll.", "leaves the folder of the package")]
    [InlineData("/tmp/evil.dll", "is an absolute path")]
    [InlineData("C:/evil.dll", "is an absolute path")]
    [InlineData("lib\\net10.0\\evil.dll", "has a backslash")]
    [InlineData("lib/net10.0/..%5Cevil.dll", "has a backslash")]
    [InlineData("lib/net10.0/evil\u0007.dll", "has control characters")]
    public Task A_path_that_leaves_the_folder_is_refused(string path, string wrong) =>
        RefusesAsync(Plugin.WithRawEntry(path, "evil"u8.ToArray()), $"The package GoodPlugin 1.0.0 contains a file whose name {wrong}: \"");

    [Fact]
    public Task A_link_is_refused() => RefusesAsync(
        Plugin.WithRawEntry("lib/net10.0/link", "/etc/passwd"u8.ToArray(), SymbolicLink),
        "The package GoodPlugin 1.0.0 contains a file whose name belongs to a link or a device: \"lib/net10.0/link\".");

    [Theory]
    [InlineData("lib/net10.0/goodplugin.DLL")]
    [InlineData("lib/net10.0/%47oodPlugin.dll")]
    public Task Two_files_whose_names_differ_only_in_case_are_refused(string path) =>
        RefusesAsync(Plugin.WithRawEntry(path, "evil"u8.ToArray()), $"The package GoodPlugin 1.0.0 contains the file \"{path}\" twice.");

    [Fact]
    public async Task A_package_with_too_many_bytes_or_files_is_refused()
    {
        await _workshop.PublishAsync(Plugin.With("lib/net10.0/zeros.bin", new byte[1_000_000]));

        await RefusesAsync("The package GoodPlugin 1.0.0 is larger than 1,000 bytes.", new PackageLimits { PackedBytes = 1_000 });
        await RefusesAsync("The package GoodPlugin 1.0.0 unpacks to ", new PackageLimits { UnpackedBytes = 1_000_000 });
        await RefusesAsync("The package GoodPlugin 1.0.0 contains ", new PackageLimits { Files = 3 });
    }

    [Fact]
    public Task A_package_that_is_not_a_plugin_is_refused() => RefusesAsync(
        Plugin.NeedsNothing(),
        "GoodPlugin 1.0.0 is not a plugin of PachUp: its package neither has the type PachUpPlugin nor depends on PachUp.Sdk.");

    [Theory]
    [InlineData("9.0.0", "(>= 9.0.0)")]
    [InlineData("[0.0.1]", "(= 0.0.1)")]
    public Task A_package_for_another_contract_is_refused_with_both_versions(string needed, string range) => RefusesAsync(
        Plugin.NeedsNothing().Needs("PachUp.Sdk", needed),
        $"GoodPlugin 1.0.0 needs PachUp.Sdk {range}, but this PachUp has PachUp.Sdk {HostAssemblies.VersionOf("PachUp.Sdk")}.");

    [Fact]
    public Task A_dependency_that_needs_another_version_of_a_shared_assembly_is_refused() => RefusesAsync(
        Plugin.Needs("Acme.Tools", "1.0.0"),
        $"Acme.Tools 1.0.0 needs Google.Protobuf (>= 99.0.0), but this PachUp has Google.Protobuf {HostAssemblies.VersionOf("Google.Protobuf")}.",
        new TestPackage("Acme.Tools", "1.0.0").Needs("Google.Protobuf", "99.0.0"));

    [Fact]
    public Task An_assembly_for_a_later_contract_is_refused_even_if_its_package_allows_it() => RefusesAsync(
        TestPackage.OfPlugin("FuturePlugin"), "The plugin was built against PachUp.Sdk 9.0.0.0, but this PachUp has ");

    [Fact]
    public Task A_copy_of_the_contract_is_refused() => RefusesAsync(
        Plugin.With("lib/net10.0/PachUp.Sdk.dll", "a copy"),
        "GoodPlugin 1.0.0 contains its own copy of PachUp.Sdk.dll, so that this PachUp cannot load it.");

    [Fact]
    public Task A_package_without_its_main_assembly_is_refused() => RefusesAsync(
        new TestPackage("GoodPlugin", "1.0.0").OfType("PachUpPlugin").With("lib/net10.0/Other.dll", "other"),
        "GoodPlugin 1.0.0 has no main assembly \"lib/net10.0/GoodPlugin.dll\".");

    [Fact]
    public Task A_package_for_another_framework_is_refused() => RefusesAsync(
        new TestPackage("GoodPlugin", "1.0.0").OfType("PachUpPlugin").With("lib/net472/GoodPlugin.dll", "old"),
        "GoodPlugin 1.0.0 was built for net472, but this PachUp needs plugins for net10.0.");

    [Fact]
    public Task A_file_that_is_not_an_assembly_is_refused() => RefusesAsync(
        new TestPackage("GoodPlugin", "1.0.0").OfType("PachUpPlugin").With("lib/net10.0/GoodPlugin.dll", "text"), "It is not a .NET assembly.");

    [Fact]
    public Task Two_packages_with_the_same_file_are_refused() => RefusesAsync(
        Plugin.Needs("Acme.Tools", "1.0.0").With("lib/net10.0/Acme.Tools.dll", "one"),
        "GoodPlugin 1.0.0 and Acme.Tools 1.0.0 both contain \"Acme.Tools.dll\", and PachUp cannot choose one.",
        new TestPackage("Acme.Tools", "1.0.0").With("lib/net8.0/Acme.Tools.dll", "another"));

    [Fact]
    public async Task A_file_that_is_not_a_package_is_refused()
    {
        await File.WriteAllTextAsync(Path.Combine(_workshop.Feed, "GoodPlugin.1.0.0.nupkg"), "half a package");

        var failure = await Assert.ThrowsAsync<FeedException>(() => _workshop.PrepareAsync("GoodPlugin"));

        Assert.StartsWith($"The folder \"{_workshop.Feed}\" cannot be read as a package source: ", failure.Message, StringComparison.Ordinal);
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
