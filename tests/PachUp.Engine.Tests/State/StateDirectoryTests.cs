using Microsoft.Extensions.Time.Testing;
using PachUp.Engine.State;
using PachUp.Testing;

namespace PachUp.Engine.Tests.State;

public sealed class StateDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Every_run_gets_its_own_directory()
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
    public void A_new_run_sorts_last_even_if_the_clock_was_set_back()
    {
        var state = new StateDirectory(_directory.File(".pachup"));
        var noon = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

        var runs = new[] { noon, noon, noon.AddHours(-3), noon.AddYears(-1), noon.AddHours(1) }.Select(now => Begin(state, now)).ToList();

        Assert.Equal(runs, state.ListRuns());
        Assert.Equal("20260101-120003", runs[3].Id[..15]);
        Assert.Equal("20260101-130000", runs[4].Id[..15]);
    }

    [Fact]
    public void A_directory_created_by_hand_is_listed()
    {
        var state = new StateDirectory(_directory.File(".pachup"));
        Directory.CreateDirectory(_directory.File(".pachup/runs/zzz"));

        Assert.StartsWith("20260101-120000-", Begin(state, new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero)).Id, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_directory_there_are_no_runs()
    {
        Assert.Empty(new StateDirectory(_directory.File("nowhere")).ListRuns());
    }

    private static RunDirectory Begin(StateDirectory state, DateTimeOffset now)
    {
        var run = state.Describe(new FakeTimeProvider(now));
        run.Create();
        return run;
    }
}
