using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.Steps.Platforms;
using PachUp.Testing;
using PachUp.Verification.Records;

namespace PachUp.Steps.Tests.Platforms;

/// <summary>Somebody else deploys the clusters: beside each other PachUp only looks, in place it says what to do and waits until it is done.</summary>
public sealed class ExternalPlatformTests : IAsyncLifetime
{
    private static readonly ExternalPlatform Platform = new();
    private static readonly Release V1_9_0 = new(1, 9, 0);
    private static readonly PlatformAction.Deploy Fresh = new(V1_9_0, freshMetadata: true, TimeSpan.FromSeconds(1)) { TimeoutByHand = TimeSpan.FromMinutes(1) };
    private static readonly PlatformAction.Undeploy Away = new(keepVolumes: true, TimeSpan.FromSeconds(1)) { TimeoutByHand = TimeSpan.FromMinutes(1) };

    private SandboxSite _site = null!;
    private StandInCluster _cluster = null!;

    private StandInExecution Beside => StandInExecution.Of(Clusters.Of()) with { Source = _cluster, Target = _cluster };

    private StandInExecution InPlace => Beside with { IsInPlace = true };

    public async Task InitializeAsync()
    {
        _site = await SandboxSite.StartAsync(new SandboxOptions { Release = V1_9_0 });
        _cluster = ClusterAt(_site);
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task An_empty_target_of_the_right_release_is_taken_as_deployed()
    {
        var result = await ExecuteAsync(Fresh, Beside);

        Assert.Equal($"1.9.0 answers at {_site.Address}, empty", result.Summary);
    }

    [Fact]
    public async Task A_target_with_something_in_it_is_refused()
    {
        await StepBench.ChangeAsync(_site, client => client.CreateRepoAsync("mine"));

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => ExecuteAsync(Fresh, Beside));

        Assert.Equal((FailureKind.Refused, $"at {_site.Address}: 1.9.0 answers, but has 1 repo and 0 pipelines"), (refusal.Kind, refusal.Message));
    }

    [Fact]
    public async Task A_target_of_another_release_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => ExecuteAsync(new PlatformAction.Deploy(new Release(1, 9, 12), freshMetadata: true, Fresh.Timeout), Beside));

        Assert.Equal($"at {_site.Address}: 1.9.0 answers, not 1.9.12", refusal.Message);
    }

    [Fact]
    public async Task Beside_the_new_cluster_the_old_one_stays_deployed() =>
        Assert.Equal($"{_site.Address} stays deployed", (await ExecuteAsync(Away, Beside)).Summary);

    [Fact]
    public async Task In_place_it_says_what_to_undeploy_and_waits_until_it_is_gone()
    {
        var execution = await OfTheSiteAsync(news => _site.StopAsync().GetAwaiter().GetResult());

        var result = await ExecuteAsync(Away, execution);

        Assert.Equal($"The old cluster at {_site.Address} does not answer any more", result.Summary);
        Assert.Equal(
            $"undeploy 1.9.0 at {_site.Address} now (\"pachctl undeploy\", which keeps the volumes; never with --all); waiting: the old cluster still answers (1.9.0)",
            execution.Said[0]);
    }

    [Fact]
    public async Task In_place_it_gives_up_when_the_time_is_over_and_says_what_to_do()
    {
        var failure = await Assert.ThrowsAsync<StepFailedException>(async () => await ExecuteAsync(Away, await OfTheSiteAsync(_ => { })));

        Assert.Equal("waited 1 min 0 s, and still: the old cluster still answers (1.9.0)", failure.Message);
        Assert.StartsWith($"Undeploy 1.9.0 at {_site.Address} now", failure.Remedy, StringComparison.Ordinal);
    }

    // The user may take hours to undeploy it, and would remove what was written with it.
    [Fact]
    public async Task What_is_written_while_the_old_cluster_still_answers_stops_the_wait_and_is_named()
    {
        using var folder = new TemporaryFolder();
        var late = new PlatformAction.Undeploy(Away.KeepVolumes, Away.Timeout) { TimeoutByHand = TimeSpan.FromHours(1) };
        var execution = await OfTheSiteAsync(_ => { }) with { RunDirectory = folder.Path };
        await InventoryFile.WriteAsync(Path.Combine(folder.Path, RecordFiles.ExtractedSource), await StepBench.LookAsync(_site));
        await StepBench.ChangeAsync(_site, client => client.CreateRepoAsync("afterwards"));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => ExecuteAsync(late, execution));

        Assert.Equal(FailureKind.LateWrites, failure.Kind);
        Assert.Contains("afterwards", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Do not undeploy the source.", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_place_the_new_cluster_has_to_be_another_one_on_fresh_metadata()
    {
        var failure = await Assert.ThrowsAsync<StepFailedException>(async () => await ExecuteAsync(Fresh, await OfTheSiteAsync(_ => { })));

        Assert.EndsWith("1.9.0 answers, but with the metadata of the old cluster: give etcd a fresh volume", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_place_an_upgrade_has_to_have_the_metadata_of_the_old_cluster()
    {
        var failure = await Assert.ThrowsAsync<StepFailedException>(() => ExecuteAsync(new PlatformAction.Deploy(V1_9_0, freshMetadata: false, Fresh.Timeout) { TimeoutByHand = Fresh.TimeoutByHand }, InPlace));

        Assert.Contains("but as another cluster", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_place_a_new_empty_cluster_is_taken()
    {
        var result = await ExecuteAsync(Fresh, InPlace);

        Assert.StartsWith($"1.9.0 answers at {_site.Address}, empty, as cluster ", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_waits_for_a_release_that_takes_calls()
    {
        var wait = new PlatformAction.Wait(V1_9_0, TimeSpan.FromMinutes(1));

        Assert.Equal($"1.9.0 answers calls at {_site.Address}", (await ExecuteAsync(wait, Beside)).Summary);
        var failure = await Assert.ThrowsAsync<StepFailedException>(() => ExecuteAsync(new PlatformAction.Wait(new Release(1, 9, 12), wait.Timeout), Beside));
        Assert.Equal("waited 1 min 0 s, and still: 1.9.0 answers, not 1.9.12", failure.Message);
    }

    [Fact]
    public async Task Undoing_the_undeployment_in_place_waits_for_the_old_cluster()
    {
        var result = await Platform.RevertAsync(Away, _cluster, await OfTheSiteAsync(_ => { }), CancellationToken.None);

        Assert.Equal($"The old cluster answers at {_site.Address} again", result.Summary);
    }

    [Theory]
    [InlineData(true, "Waits until you have deployed 1.8.8 at ")]
    [InlineData(false, "Nothing to undo: PachUp did not change the deployment.")]
    public void What_undoing_the_undeployment_means_is_said_before(bool inPlace, string said) =>
        Assert.StartsWith(said, Platform.DescribeRevert(Away, _cluster, Beside with { IsInPlace = inPlace }), StringComparison.Ordinal);

    [Theory]
    [InlineData(true, "you undeploy", "you deploy")]
    [InlineData(false, "", "")]
    public async Task The_preview_names_what_people_have_to_do(bool inPlace, string undeploys, string deploys)
    {
        var context = Beside with { IsInPlace = inPlace };

        var away = await Platform.PreviewAsync(Away, _cluster, context, CancellationToken.None);
        var back = await Platform.PreviewAsync(Fresh, _cluster, context, CancellationToken.None);

        Assert.Equal(undeploys, string.Join("", away.Effects.Select(effect => effect.Verb)));
        Assert.Equal(deploys, string.Join("", back.Effects.Select(effect => effect.Verb)));
    }

    public static TheoryData<PlatformAction, string> Untouched => new()
    {
        { new PlatformAction.Save(), "Nothing saved: PachUp does not manage this deployment" },
        { new PlatformAction.Fence(), "PachUp kept no writers out: you do that yourself" },
        { new PlatformAction.Unfence(), "Let writers in at HERE now" },
    };

    [Theory]
    [MemberData(nameof(Untouched))]
    public async Task What_PachUp_does_not_manage_is_left_to_people_in_words(PlatformAction action, string said)
    {
        Assert.Equal(said.Replace("HERE", _cluster.Address.ToString(), StringComparison.Ordinal), (await ExecuteAsync(action, Beside)).Summary);
        Assert.Equal("Nothing to undo", (await Platform.RevertAsync(action, _cluster, Beside, CancellationToken.None)).Summary);
        Assert.Empty((await Platform.PreviewAsync(action, _cluster, Beside, CancellationToken.None)).Effects);
    }

    private static StandInCluster ClusterAt(SandboxSite site) => new("target", site.Address);

    private Task<StepResult> ExecuteAsync(PlatformAction action, StandInExecution execution) =>
        Platform.ExecuteAsync(action, _cluster, execution, CancellationToken.None);

    /// <summary>A run in place whose source is the cluster that answers.</summary>
    private async Task<StandInExecution> OfTheSiteAsync(Action<StepProgress> onProgress)
    {
        var source = await StepBench.LookAsync(_site);
        return StandInExecution.Of(source) with { IsInPlace = true, Source = _cluster, Target = _cluster, OnProgress = onProgress };
    }
}
