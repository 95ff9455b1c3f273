using Microsoft.Extensions.Time.Testing;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Sdk;
using PachUp.Views;

namespace PachUp.Tests.Views;

public sealed class PlainRunObserverTests : IDisposable
{
    private readonly Screen _screen = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _screen.Dispose();

    [Fact]
    public void A_step_prints_its_first_progress_and_its_outcome()
    {
        var observer = Observe();

        observer.StepStarted("extract", 3, 9);
        observer.Progressed("extract", new StepProgress("extracting", 1024, 4096, StepProgress.BytesUnit));
        observer.Progressed("extract", new StepProgress("extracting", 2048, 4096, StepProgress.BytesUnit));
        observer.StepEnded(new StepOutcome("extract", "pachyderm/extract", StepState.Done, TimeSpan.FromSeconds(0.4), "Extracted 171 operations"));

        Assert.Equal("[3/9] extract: extracting, 1.0 KB of 4.0 KB\n[3/9] extract: done (0.4 s)\n      Extracted 171 operations\n", _screen.Messages);
    }

    [Fact]
    public void A_long_step_reports_its_progress_now_and_then()
    {
        var observer = Observe();

        observer.StepStarted("deploy", 6, 9);
        observer.Progressed("deploy", new StepProgress("waiting: nothing answers"));
        _time.Advance(TimeSpan.FromSeconds(30));
        observer.Progressed("deploy", new StepProgress("waiting: nothing answers"));
        observer.Progressed("deploy", new StepProgress("waiting: 1.8.7 answers"));

        Assert.Equal("[6/9] deploy: waiting: nothing answers\n[6/9] deploy: waiting: 1.8.7 answers\n", _screen.Messages);
    }

    [Fact]
    public void Progress_that_is_marked_as_news_is_printed_at_once_and_once()
    {
        var observer = Observe();

        observer.StepStarted("deploy", 6, 9);
        observer.Progressed("deploy", new StepProgress("waiting for pachd") { IsNews = true });
        observer.Progressed("deploy", new StepProgress("waiting for pachd: ImagePullBackOff") { IsNews = true });
        observer.Progressed("deploy", new StepProgress("waiting for pachd: ImagePullBackOff") { IsNews = true });

        Assert.Equal("[6/9] deploy: waiting for pachd\n[6/9] deploy: waiting for pachd: ImagePullBackOff\n", _screen.Messages);
    }

    [Fact]
    public void A_step_that_was_done_before_is_shown_with_its_name()
    {
        var observer = Observe();

        observer.StepEnded(new StepOutcome("check", "pachyderm/check", StepState.Done, null, "done before"));

        Assert.Equal("check: done\n      done before\n", _screen.Messages);
    }

    private PlainRunObserver Observe() => new(new RunLines(_screen.Terminal.Messages, _ => { }), _time);
}
