using PachUp.Engine.Plugins.Assemblies;
using PachUp.PackageFeed;
using PachUp.Packages.Contents;
using PachUp.Packages.Feeds;

namespace PachUp.Packages.Tests;

public sealed class FeedTests : IAsyncLifetime, IDisposable
{
    private readonly PackageWorkshop _workshop = new();
    private TestFeed _feed = null!;

    public async Task InitializeAsync()
    {
        _feed = await TestFeed.StartAsync(
            TestPackage.OfPlugin("GoodPlugin").Needs("Acme.Tools", "1.0.0").OfType("PachUpPlugin"),
            new TestPackage("Acme.Tools", "1.0.0").With("lib/net8.0/Acme.Tools.dll", "a library"));
        _workshop.Configure(source: _feed.Url);
    }

    public async Task DisposeAsync() => await _feed.DisposeAsync();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public async Task A_plugin_is_found_in_a_feed_and_installed_from_it()
    {
        Assert.Equal(["Acme.Tools.dll", "GoodPlugin.dll"], await _workshop.InstallAsync("GoodPlugin"));
        Assert.Equal(["GoodPlugin"], (await _workshop.Open().SearchAsync("", prereleases: false, CancellationToken.None)).Select(found => found.Id));
    }

    [Fact]
    public async Task Credentials_come_from_NuGet_config()
    {
        _feed.Credentials = "jane:secret";
        _workshop.Configure(
            """
            <packageSourceCredentials>
              <Acme><add key="Username" value="jane" /><add key="ClearTextPassword" value="secret" /></Acme>
            </packageSourceCredentials>
            """,
            _feed.Url);

        Assert.NotEmpty(await _workshop.InstallAsync("GoodPlugin"));
    }

    [Fact]
    public async Task Missing_credentials_are_reported_with_the_source_and_how_to_give_them()
    {
        _feed.Credentials = "jane:secret";

        var failure = await FailsAsync($"The source \"{_feed.Url}\" requires credentials (HTTP status 401).");

        Assert.Contains("NuGetPackageSourceCredentials_Acme=", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_is_down_is_named()
    {
        var url = _feed.Url;
        await _feed.DisposeAsync();

        await FailsAsync($"The source \"{url}\" cannot be reached, or is not a NuGet source: ");
    }

    [Fact]
    public async Task A_source_that_answers_with_an_error_is_named_with_the_error()
    {
        _feed.OnRequest = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };

        await FailsAsync($"The source \"{_feed.Url}\" answered with HTTP status 500 InternalServerError.");
    }

    [Fact]
    public async Task A_server_that_is_not_a_NuGet_source_is_named()
    {
        _feed.OnRequest = context => context.Response.Body.WriteAsync("<html>Log in to the network</html>"u8.ToArray()).AsTask();

        await FailsAsync($"The source \"{_feed.Url}\" cannot be reached, or is not a NuGet source: ");
    }

    [Fact]
    public async Task An_interrupted_download_leaves_no_files()
    {
        _feed.OnPackage = async (context, package) =>
        {
            context.Response.ContentLength = package.Length;
            await context.Response.Body.WriteAsync(package.AsMemory(0, package.Length / 2));
            context.Abort();
        };

        await FailsAsync($"The source \"{_feed.Url}\" lists GoodPlugin 1.0.0, but the download failed. ");
    }

    [Fact]
    public async Task An_incomplete_package_leaves_no_files()
    {
        _feed.OnPackage = (context, package) => context.Response.Body.WriteAsync(package.AsMemory(0, package.Length / 2)).AsTask();

        await FailsAsync($"The source \"{_feed.Url}\" gave a file for GoodPlugin 1.0.0 that is not a package or is incomplete: ");
    }

    [Fact]
    public async Task Another_package_than_was_asked_for_is_refused()
    {
        var other = await TestPackage.OfPlugin("GoodPlugin", "0.9.0").BuildAsync();
        _feed.OnPackage = (context, _) => context.Response.Body.WriteAsync(other).AsTask();

        var failure = await Assert.ThrowsAsync<PluginException>(() => _workshop.PrepareAsync("GoodPlugin"));

        Assert.Equal($"The source \"{_feed.Url}\" returned the package GoodPlugin 0.9.0 instead of GoodPlugin 1.0.0.", failure.Message);
    }

    [Fact]
    public async Task An_endless_download_is_aborted()
    {
        _feed.OnPackage = async (context, _) =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[64 * 1024]);
            }
        };

        var failure = await Assert.ThrowsAsync<FeedException>(() => _workshop.PrepareAsync("GoodPlugin", limits: new PackageLimits { PackedBytes = 1024 * 1024 }));

        Assert.Contains("goodplugin.1.0.0.nupkg\" is larger than 1,048,576 bytes.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_workshop.AllPluginFiles);
    }

    [Fact]
    public async Task A_cancelled_download_leaves_no_files()
    {
        using var stop = new CancellationTokenSource();
        _feed.OnPackage = async (context, package) =>
        {
            await context.Response.Body.WriteAsync(package.AsMemory(0, 100));
            await context.Response.Body.FlushAsync();
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _workshop.PrepareAsync("GoodPlugin", cancellationToken: stop.Token));

        Assert.Empty(_workshop.AllPluginFiles);
    }

    [Theory]
    [InlineData("nowhere", "is not an existing folder, a URL, or the name of a source in NuGet.config.")]
    [InlineData("http://nuget.acme.example/index.json", "is not encrypted, so that packages could be replaced on the way.")]
    [InlineData("ftp://nuget.acme.example/", "is not supported.")]
    public void An_invalid_source_is_refused(string source, string reason)
    {
        var failure = Assert.Throws<FeedException>(() => _workshop.Open(null, source));

        Assert.EndsWith(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_NuGet_that_cannot_be_read_are_named()
    {
        _workshop.Configure("<packageSources>");

        var failure = Assert.Throws<FeedException>(() => _workshop.Open());

        Assert.StartsWith("The settings of NuGet cannot be read: ", failure.Message, StringComparison.Ordinal);
    }

    private async Task<FeedException> FailsAsync(string message)
    {
        var failure = await Assert.ThrowsAsync<FeedException>(() => _workshop.PrepareAsync("GoodPlugin"));

        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_workshop.AllPluginFiles);
        return failure;
    }
}
