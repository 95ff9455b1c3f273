using PachUp.Rewriting.Streams;
using PachUp.Testing;

namespace PachUp.Rewriting.Tests.Streams;

public class DependencyOrderTests
{
    [Fact]
    public void Without_dependencies_the_order_stays() => Assert.Equal("cab", Sort("cab"));

    [Fact]
    public void What_something_depends_on_comes_before_it() => Assert.Equal("cba", Sort("abc", ('a', "b"), ('b', "c")));

    [Fact]
    public void A_dependency_that_is_not_among_the_items_does_not_count() => Assert.Equal("ab", Sort("ab", ('a', "z")));

    [Fact]
    public void Things_in_a_circle_come_in_the_order_in_which_they_are_met() => Assert.Equal("cba", Sort("abc", ('a', "b"), ('b', "c"), ('c', "a")));

    [Fact]
    public void A_chain_that_is_longer_than_any_stack_is_sorted()
    {
        var sorted = DependencyOrder.Sort([.. Enumerable.Range(0, 200_000)], number => number, number => [number + 1]);

        Assert.Equal((199_999, 0), (sorted[0], sorted[^1]));
    }

    [Fact]
    public void Pipelines_come_as_in_the_stream_and_none_before_one_that_it_reads()
    {
        var pipelines = Clusters.Of().Running(
            Clusters.Pipeline("montage", Clusters.Pfs("edges")), Clusters.Pipeline("edges", Clusters.Pfs("images")), Clusters.Pipeline("other", Clusters.Pfs("images"))).Pipelines;

        Assert.Equal(["other", "edges", "montage"], PipelineOrder.Of(pipelines, ["other", "montage", "edges"]).Select(pipeline => pipeline.Name));
    }

    private static string Sort(string items, params (char Item, string On)[] dependencies) => string.Concat(
        DependencyOrder.Sort([.. items], item => item, item => dependencies.Where(dependency => dependency.Item == item).SelectMany(dependency => dependency.On)));
}
