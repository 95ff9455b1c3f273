using Spectre.Console;
using Spectre.Console.Rendering;

namespace PachUp.Cli.Terminals;

/// <summary>A console that is set up when it is first used: finding out what the terminal can do takes a good part of the time of a short command.</summary>
/// <param name="create">Sets the console up.</param>
internal sealed class LazyConsole(Func<IAnsiConsole> create) : IAnsiConsole
{
    private readonly Lazy<IAnsiConsole> _console = new(create);

    /// <inheritdoc/>
    public Profile Profile => _console.Value.Profile;

    /// <inheritdoc/>
    public IAnsiConsoleCursor Cursor => _console.Value.Cursor;

    /// <inheritdoc/>
    public IAnsiConsoleInput Input => _console.Value.Input;

    /// <inheritdoc/>
    public IExclusivityMode ExclusivityMode => _console.Value.ExclusivityMode;

    /// <inheritdoc/>
    public RenderPipeline Pipeline => _console.Value.Pipeline;

    /// <inheritdoc/>
    public void Clear(bool home) => _console.Value.Clear(home);

    /// <inheritdoc/>
    public void Write(IRenderable renderable) => _console.Value.Write(renderable);

    /// <inheritdoc/>
    public void WriteAnsi(Action<AnsiWriter> action) => _console.Value.WriteAnsi(action);
}
