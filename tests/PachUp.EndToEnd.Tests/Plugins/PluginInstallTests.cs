using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.PackageFeed;

namespace PachUp.EndToEnd.Tests.Plugins;

public sealed class PluginInstallTests : IDisposable
{
    private const string PlanName = "say-hello";

    private readonly Tool _tool = new();
    private readonly string _packages;

    public PluginInstallTests() => _packages = Directory.CreateDirectory(Path.Combine(_tool.WorkingDirectory, "packages")).FullName;

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_plugin_is_found_installed_listed_updated_and_uninstalled()
    {
        await PublishAsync(Plugin().OfType("PachUpPlugin"));

        (await RunAsync("search", "good")).Expect(0).Answers("GoodPlugin 1.0.0");
        (await RunAsync("install", "GoodPlugin", "--yes")).Expect(0)
            .Answers("Authors Acme").Answers("Signature not signed").Answers("Made for PachUp.Sdk (>= 0.1.0)")
            .Answers("Installed GoodPlugin 1.0.0").Answers("Steps sample/say");
        (await _tool.RunAsync("plugin", "list")).Expect(0).Answers("Package GoodPlugin 1.0.0 from");
        (await _tool.RunAsync("plugin", "install", "GoodPlugin")).Expect(0).Answers("GoodPlugin 1.0.0 is already installed");
        (await RunAsync("update", "--yes")).Expect(0).Says("GoodPlugin 1.0.0 is up to date.");
        await PublishAsync(Plugin("1.1.0"));
        (await RunAsync("list", "--outdated")).Expect(0).Answers("Later 1.1.0");
        (await RunAsync("update", "GoodPlugin", "--yes")).Expect(0).Answers("Replaces 1.0.0").Answers("Installed GoodPlugin 1.1.0");
        (await _tool.RunAsync("plugin", "trust", "list")).Expect(0).Answers("GoodPlugin SHA-256");
        (await _tool.RunAsync("plugin", "uninstall", "goodplugin")).Expect(0).Answers("Uninstalled GoodPlugin 1.1.0.");
        (await _tool.RunAsync("plugin", "trust", "list")).Expect(0).Answers("No plugin is trusted");
        (await _tool.RunAsync("plugin", "uninstall", "GoodPlugin")).Expect(2).Says("no plugin \"GoodPlugin\" was installed from a package");
    }

    [Fact]
    public async Task A_later_PachUp_is_mentioned_where_the_feed_is_asked_anyway_unless_the_user_does_not_want_that()
    {
        await PublishAsync(new TestPackage("PachUp", "99.1.0").NeedsNothing().With("tool.txt", "later"));

        (await RunAsync("search")).Expect(0).Says("PachUp 99.1.0 is available");
        Assert.Empty((await _tool.RunInShellAsync("export NO_UPDATE_NOTIFIER=1", "plugin", "search", "--feed", _packages)).Expect(0).Talk);
    }

    [Fact]
    public async Task The_old_name_of_the_feed_option_is_accepted_with_a_warning()
    {
        await PublishAsync(Plugin().OfType("PachUpPlugin"));

        var found = await _tool.RunAsync("plugin", "search", "good", "--source", _packages);

        found.Expect(0).Answers("GoodPlugin 1.0.0").Says("--source is an old name of this option. Use --feed.");
    }

    [Fact]
    public async Task Changed_files_are_not_used_and_a_new_install_repairs_them()
    {
        await PublishAsync(Plugin());
        (await RunAsync("install", "GoodPlugin", "--yes")).Expect(0);
        await File.WriteAllTextAsync(Path.Combine(Plugins, "GoodPlugin", "more.txt"), "more");

        (await _tool.RunAsync("plugin", "list")).Expect(0)
            .Says("The files of the plugin were changed after GoodPlugin 1.0.0 was installed. Install it again with \"pachup plugin install GoodPlugin --version 1.0.0\"");
        (await RunAsync("install", "GoodPlugin", "--version", "1.0.0", "--yes")).Expect(0).Answers("Installed GoodPlugin 1.0.0");
        Assert.Empty((await _tool.RunAsync("plugin", "list")).Expect(0).Talk);
    }

    [Theory]
    [InlineData(2, "cannot be the id of a package", "../GoodPlugin")]
    [InlineData(2, "is neither a version nor a range", "GoodPlugin", "--version", "soon")]
    [InlineData(2, "There is no package \"BadPlugin\" in", "BadPlugin")]
    [InlineData(2, "No version of GoodPlugin matches 9.0.0. There are 1.0.0.", "GoodPlugin", "--version", "9.0.0")]
    [InlineData(1, "is not an existing folder, a URL", "GoodPlugin", "--feed", "nowhere")]
    [InlineData(1, "cannot be reached, or is not a NuGet source", "GoodPlugin", "--feed", "http://127.0.0.1:1/index.json")]
    [InlineData(3, "is not a plugin of PachUp", "Acme.Library")]
    [InlineData(3, "needs PachUp.Sdk (>= 9.0.0), but this PachUp has PachUp.Sdk", "Acme.Later")]
    [InlineData(3, "contains a file whose name leaves the folder of the package: \"../evil.dll\".", "Acme.Climber")]
    [InlineData(1, "cannot be read as a package source", "Acme.Half")]
    public async Task A_failed_install_is_reported_and_leaves_the_folder_unchanged(int exitCode, string message, params string[] arguments)
    {
        await PublishAsync(
            Plugin(),
            new TestPackage("Acme.Library", "1.0.0").With("lib/net10.0/Acme.Library.dll", "a library"),
            new TestPackage("Acme.Later", "1.0.0").Needs("PachUp.Sdk", "9.0.0"),
            new TestPackage("Acme.Climber", "1.0.0").WithRawEntry("../evil.dll", "evil"u8.ToArray()));
        var half = await new TestPackage("Acme.Half", "1.0.0").BuildAsync();
        await File.WriteAllBytesAsync(Path.Combine(_packages, "acme.half.1.0.0.nupkg"), half[..(half.Length / 2)]);

        (await RunAsync(["install", .. arguments, "--yes"])).Expect(exitCode).Says(message);

        AssertNothingInstalled();
    }

    [Fact]
    public async Task A_plugin_that_offers_the_names_of_another_is_not_installed()
    {
        var twin = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "TestPlugins", "GoodPlugin", "GoodPlugin.dll"));
        await PublishAsync(Plugin(), new TestPackage("Acme.Twin", "1.0.0").OfType("PachUpPlugin").With("lib/net10.0/Acme.Twin.dll", twin));
        (await RunAsync("install", "GoodPlugin", "--yes")).Expect(0);

        (await RunAsync("install", "Acme.Twin", "--yes")).Expect(3).Says("Acme.Twin cannot be used, and was not installed. The plugin offers the step \"sample/say\"");

        Assert.Equal(["GoodPlugin"], Directory.EnumerateDirectories(Plugins).Select(Path.GetFileName).Where(name => name != ".install"));
    }

    [Fact]
    public async Task Where_signatures_are_required_an_unsigned_package_is_refused()
    {
        await PublishAsync(Plugin());
        await File.WriteAllTextAsync(
            Path.Combine(_tool.WorkingDirectory, "NuGet.config"),
            """<configuration><config><add key="signatureValidationMode" value="require" /></config></configuration>""");

        (await RunAsync("install", "GoodPlugin", "--yes")).Expect(3).Says("GoodPlugin 1.0.0 is not signed, and NuGet.config requires signatures");

        AssertNothingInstalled();
    }

    [Fact]
    public async Task Two_installs_at_the_same_time_are_refused()
    {
        await PublishAsync(Plugin());
        await using var feed = await TestFeed.StartAsync(Plugin());
        var (asked, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        feed.OnPackage = async (context, package) =>
        {
            asked.TrySetResult();
            await goOn.Task;
            await context.Response.Body.WriteAsync(package);
        };

        var first = _tool.RunAsync("plugin", "install", "GoodPlugin", "--feed", feed.Url, "--yes");
        await asked.Task;
        var second = await RunAsync("install", "GoodPlugin", "--yes");
        goOn.SetResult();

        second.Expect(3).Says("Another pachup process is changing the plugins in");
        (await first).Expect(0).Answers("Installed GoodPlugin 1.0.0");
    }

    [Fact]
    public async Task Without_a_terminal_and_without_yes_nothing_is_installed()
    {
        await PublishAsync(Plugin());

        (await RunAsync("install", "GoodPlugin")).Expect(2).Says("Check the plugin first, then add --yes.");

        AssertNothingInstalled();
    }

    [Fact]
    public async Task A_missing_credential_is_reported_with_the_name_of_its_source()
    {
        await using var feed = await TestFeed.StartAsync(Plugin());
        feed.Credentials = "jane:secret";

        (await _tool.RunAsync("plugin", "install", "GoodPlugin", "--feed", feed.Url, "--yes")).Expect(1)
            .Says("requires credentials (HTTP status 401).").Says("packageSourceCredentials in NuGet.config");
    }

    [Fact]
    public async Task The_plan_of_a_plugin_is_found_by_name_and_its_run_protects_the_plugin()
    {
        await using var clusters = await ClusterPair.StartAsync();
        await PublishAsync(TestPackage.OfPlugin("MisbehavingPlugin").With($"plans/{PlanName}.yaml", Plan));
        (await RunAsync("install", "MisbehavingPlugin", "--yes")).Expect(0).Answers($"Plans {PlanName}.yaml");
        await PublishAsync(TestPackage.OfPlugin("MisbehavingPlugin", "2.0.0"));

        (await _tool.RunAsync(["apply", PlanName, .. clusters.Options, "--yes"])).Expect(1).Says("the moon is full");
        var run = Path.GetFileName(Directory.GetDirectories(Path.Combine(_tool.WorkingDirectory, ".pachup", "runs")).Single());
        var uninstalled = await _tool.RunAsync("plugin", "uninstall", "MisbehavingPlugin");
        var updated = await RunAsync("update", "--yes");
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "all-is-well"), "");
        (await _tool.RunAsync("apply", "--resume", "--yes")).Expect(0);

        uninstalled.Expect(3).Says($"The run {run} in").Says("is not finished and needs the installed version of the plugin MisbehavingPlugin.");
        updated.Expect(3).Says($"pachup apply --resume {run}");
        (await _tool.RunAsync("plugin", "uninstall", "MisbehavingPlugin")).Expect(0);
    }

    private string Plugins => Path.Combine(_tool.WorkingDirectory, ".pachup", "plugins");

    private static string Plan => $$"""
        apiVersion: pachup/v1
        kind: MigrationPlan
        name: {{PlanName}}
        from: { line: "1.8", atLeast: 1.8.7 }
        to: { release: 1.9.0 }
        clusters: { source: {}, target: {} }
        steps:
          - { id: misbehave, uses: bad/throw }
        """;

    private static TestPackage Plugin(string version = "1.0.0") => TestPackage.OfPlugin("GoodPlugin", version);

    private async Task PublishAsync(params TestPackage[] packages)
    {
        foreach (var package in packages)
        {
            await package.WriteToAsync(_packages);
        }
    }

    /// <summary>Runs a plugin command with the folder as package source.</summary>
    private Task<Outcome> RunAsync(params string[] arguments) =>
        _tool.RunAsync(["plugin", .. arguments, .. arguments.Contains("--feed") ? Array.Empty<string>() : ["--feed", _packages]]);

    private void AssertNothingInstalled() => Assert.DoesNotContain(
        Directory.Exists(Plugins) ? Directory.EnumerateFiles(Plugins, "*", SearchOption.AllDirectories).Select(Path.GetFileName) : [], file => file != "lock");
}
