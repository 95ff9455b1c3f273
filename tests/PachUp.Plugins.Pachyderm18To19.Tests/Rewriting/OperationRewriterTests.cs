using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Testing;
using static PachUp.Plugins.Pachyderm18To19.Tests.Route;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Rewriting;

public class OperationRewriterTests
{
    [Fact]
    public async Task Objects_pass_through_one_by_one_in_the_targets_generation()
    {
        const int Objects = 10_000;
        var (sent, inFlight, most) = (0, 0, 0);
        var rewriter = new Route18To19().CreateRewriter(Clusters.Of(), V1_9_0);

        await foreach (var operation in rewriter.RewriteAsync(ManyObjects()))
        {
            most = Math.Max(most, inFlight);
            inFlight--;
            sent++;
            Assert.Equal(OperationGeneration.V1_9, operation.Generation);
        }

        Assert.Equal(Objects, sent);
        Assert.Equal(1, most);

        async IAsyncEnumerable<Operation> ManyObjects()
        {
            for (var i = 0; i < Objects; i++)
            {
                inFlight++;
                yield return Streams.Object(1024);
            }

            await Task.CompletedTask;
        }
    }

    [Fact]
    public async Task An_object_keeps_its_bytes()
    {
        var source = Streams.Object(5);

        var rewritten = await new Route18To19().CreateRewriter(Clusters.Of(), V1_9_0).RewriteAsync(new[] { source }.ToAsyncEnumerable()).SingleAsync();

        Assert.Equal(source.Payload.ToArray(), rewritten.Payload.ToArray());
    }

    [Fact]
    public async Task Pipelines_come_after_those_whose_output_they_read_and_otherwise_as_in_the_stream()
    {
        var source = Clusters.Of(Repo("images")).Running(
            Pipeline("a", Pfs("c"), Pfs("images")), Pipeline("b", Pfs("images")), Pipeline("c", Pfs("images")), Pipeline("unlisted", Pfs("images")));

        var rewritten = new Route18To19().CreateRewriter(source, V1_9_0).RewriteAsync(new[] { Streams.Pipeline("b"), Streams.Pipeline("a"), Streams.Pipeline("c") }.ToAsyncEnumerable());

        var names = await rewritten.Where(operation => operation.Kind == OperationKind.Pipeline).Select(operation => operation.AsPipeline().Pipeline.Name).ToListAsync();
        Assert.Equal(["b", "c", "a", "unlisted"], names);
    }

    [Fact]
    public async Task No_pipeline_comes_after_the_first_commit_or_branch()
    {
        var source = Clusters.Of(Repo("images", Commit("a1")).With(Branch("master", "a1")), Repo("derived").With(Branch("master").From("images", "master")))
            .Running(Pipeline("edges", Pfs("images")));

        var kinds = await new Route18To19().CreateRewriter(source, V1_9_0)
            .RewriteAsync(new[] { Streams.Repo("images"), Streams.Commit("images", "a1"), Streams.Branch("images", "master", "a1") }.ToAsyncEnumerable())
            .Select(operation => operation.Kind).ToListAsync();

        Assert.Equal([OperationKind.Repo, OperationKind.Repo, OperationKind.Pipeline], kinds.TakeWhile(kind => kind is not (OperationKind.Commit or OperationKind.Branch)));
        Assert.DoesNotContain(kinds.SkipWhile(kind => kind is not (OperationKind.Commit or OperationKind.Branch)), kind => kind is OperationKind.Repo or OperationKind.Pipeline);
    }

    [Fact]
    public async Task A_history_that_the_stream_lacks_is_sent_parents_first_and_ends_with_the_right_heads()
    {
        var images = Repo("images", Commit("a3", "a2"), Commit("a2", "a1"), Commit("a1"), Commit("b1", "a1")).With(Branch("fork", "b1"), Branch("master", "a3"), Branch("same", "a3"));

        var stream = await Clusters.Of(images).RewriteAsync([], V1_9_12);

        Assert.Equal(
            """
            1.9 repo images
            1.9 commit images@a1000000, on master, tree tree-a1, size 7
            1.9 commit images@a2000000, parent a1000000, on master, tree tree-a2, size 7
            1.9 commit images@a3000000, parent a2000000, on master, tree tree-a3, size 7
            1.9 commit images@b1000000, parent a1000000, on fork, tree tree-b1, size 7
            1.9 branch images@fork, head b1000000
            1.9 branch images@master, head a3000000
            1.9 branch images@same, head a3000000

            """,
            stream);
    }

    [Fact]
    public async Task A_commit_waits_for_those_it_is_computed_from()
    {
        var copies = Repo("copies", Commit("c1").From("images", "a1", "master"), Commit("c2", "c1")).With(Branch("master", "c2"), Branch("empty"));
        var source = Clusters.Of(copies, Repo("images", Commit("a1")).With(Branch("master", "a1")));

        var stream = await source.RewriteAsync(
        [
            Streams.Repo("copies"), Streams.Repo("images"),
            Streams.Commit("copies", "c1"), Streams.Commit("copies", "c2", "c1"), Streams.Branch("copies", "master", "c2"), Streams.Branch("copies", "empty"),
            Streams.Commit("images", "a1"), Streams.Branch("images", "master", "a1"),
        ]);

        Assert.Equal(
            """
            1.9 repo copies
            1.9 repo images
            1.9 branch copies@empty
            1.9 commit images@a1000000, on master, tree tree-a1
            1.9 branch images@master, head a1000000
            1.9 commit copies@c1000000, tree tree-c1, from images@a1000000 on master
            1.9 commit copies@c2000000, parent c1000000, on master, tree tree-c2
            1.9 branch copies@master, head c2000000

            """,
            stream);
    }

    [Fact]
    public async Task A_commit_is_built_on_no_branch_that_the_target_will_not_have()
    {
        var source = Clusters.Of(Repo("images", Commit("a1")));

        var stream = await source.RewriteAsync([Streams.Repo("images"), Streams.Commit("images", "a1", branch: "deleted")]);

        Assert.EndsWith("1.9 commit images@a1000000, tree tree-a1\n", stream, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sizes_are_sent_to_releases_that_have_the_field()
    {
        var source = Clusters.Of(Repo("images", Commit("a1")).With(Branch("master", "a1")));

        Assert.DoesNotContain("size", await source.RewriteAsync([Streams.Commit("images", "a1")], V1_9_0), StringComparison.Ordinal);
        Assert.Contains("size 7", await source.RewriteAsync([Streams.Commit("images", "a1")], V1_9_12), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_1_8_sends_is_refused()
    {
        var job = Operation.Create(OperationGeneration.V1_9, OperationKind.Job, new Pachyderm.Wire.Pps.CreateJobRequest());

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => Clusters.Of().RewriteAsync([job]));

        Assert.Equal("the stream contains an operation of kind Job, generation 1.9, which no 1.8 sends", failure.Message);
        Assert.Equal("Extract again from the 1.8 cluster. An archive of another line needs another plan.", failure.Remedy);
    }
}
