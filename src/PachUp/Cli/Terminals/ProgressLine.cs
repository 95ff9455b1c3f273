using PachUp.Common;
using Spectre.Console;

namespace PachUp.Cli.Terminals;

/// <summary>One line that shows the current work; only on a terminal.</summary>
internal static class ProgressLine
{
    /// <summary>Shows progress reports during some work.</summary>
    public static Task<T> ShowAsync<T>(Terminal terminal, Func<IProgress<string>, Task<T>> work) => terminal.IsLive
        ? terminal.MessageConsole.Status().StartAsync(
            "looking", status => work(new InlineProgress<string>(text => status.Status(Markup.Escape(text)))))
        : work(new InlineProgress<string>(_ => { }));
}
