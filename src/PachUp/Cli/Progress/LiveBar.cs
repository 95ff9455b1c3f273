using PachUp.Cli.Events;
using PachUp.Cli.Terminals;
using Spectre.Console;

namespace PachUp.Cli.Progress;

/// <summary>The one bar on a terminal, for the work that goes on.</summary>
internal sealed class LiveBar
{
    /// <summary>Below this width there is no room for a bar beside what it is about.</summary>
    private const int WideEnough = 100;

    private readonly ProgressContext _bars;
    private readonly RateColumn _rate;
    private ProgressTask? _bar;
    private string _lead = "";

    private LiveBar(ProgressContext bars, RateColumn rate) => (_bars, _rate) = (bars, rate);

    /// <summary>Offers a bar while something is done. Nothing of it stays on the screen.</summary>
    public static Task<T> ShowAsync<T>(IAnsiConsole console, Func<LiveBar, Task<T>> work)
    {
        var rate = new RateColumn();
        return console.Progress().AutoClear(true).HideCompleted(true).Columns(
        [
            new SpinnerColumn(),
            new TaskDescriptionColumn { Alignment = Justify.Left },
            .. console.Profile.Width >= WideEnough ? new ProgressColumn[] { new ProgressBarColumn { Width = 20 } } : [],
            rate,
            new ElapsedTimeColumn(),
        ]).StartAsync(bars => work(new LiveBar(bars, rate)));
    }

    /// <summary>Work begins.</summary>
    /// <param name="lead">What it is called: <c>[3/9] extract</c>.</param>
    public void Begin(string lead)
    {
        _lead = lead;
        _bar = _bars.AddTask(SafeConsole.Markup(lead), new ProgressTaskSettings { MaxValue = 100 });
        _bar.IsIndeterminate = true;
        _rate.Shown = "";
    }

    /// <summary>Shows how far it is; nothing if no work has begun.</summary>
    public void Draw(StepWorks works)
    {
        if (_bar is not null)
        {
            _bar.Description = SafeConsole.Markup(works.Step is null ? WorkText.Describe(works) : $"{_lead}: {WorkText.Describe(works)}");
            _bar.IsIndeterminate = works.Percent is null;
            _bar.Value = works.Percent ?? 0;
            _rate.Shown = string.Join(", ", WorkText.PartsOf(works));
        }
    }

    /// <summary>The work has ended.</summary>
    public void End()
    {
        _bar?.StopTask();
        _bar = null;
    }
}
