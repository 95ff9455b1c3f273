using PachUp.Engine.Runs;

namespace PachUp.Engine.Tests.Runs;

public sealed class StateDirectoryTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Every_run_gets_a_directory_of_its_own()
    {
        var state = new StateDirectory(_directory.File(".pachup"));

        var first = state.CreateRun(TimeProvider.System);
        var second = state.CreateRun(TimeProvider.System);

        Assert.NotEqual(first.Path, second.Path);
        Assert.Equal(new[] { first.Id, second.Id }.Order(StringComparer.Ordinal), state.ListRuns().Select(run => run.Id));
        Assert.Equal(first, state.FindRun(first.Id));
    }

    [Fact]
    public void There_are_no_runs_where_there_is_no_directory()
    {
        Assert.Empty(new StateDirectory(_directory.File("nowhere")).ListRuns());
    }

    [Fact]
    public void A_cluster_is_locked_until_the_lock_is_given_back()
    {
        var state = new StateDirectory(_directory.File(".pachup"));

        using (state.Lock("cluster", "first"))
        {
            Assert.Throws<ClusterLockedException>(() => state.Lock("cluster", "second"));
            state.Lock("another cluster", "second").Dispose();
        }

        state.Lock("cluster", "third").Dispose();
    }
}
