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

        var first = state.Describe(TimeProvider.System);
        var second = state.Describe(TimeProvider.System);
        first.Create();
        second.Create();

        Assert.NotEqual(first.Path, second.Path);
        Assert.Equal(new[] { first.Id, second.Id }.Order(StringComparer.Ordinal), state.ListRuns().Select(run => run.Id));
        Assert.Equal(first, state.FindRun(first.Id));
    }

    [Fact]
    public void There_are_no_runs_where_there_is_no_directory()
    {
        Assert.Empty(new StateDirectory(_directory.File("nowhere")).ListRuns());
    }
}
