using McMaster.Extensions.CommandLineUtils;
using PachUp.Engine.State;

namespace PachUp.Cli.Options;

/// <summary><c>--state-dir</c>: where runs are kept.</summary>
internal sealed class StateOption
{
    private readonly CommandOption _path;

    public StateOption(CommandLineApplication command) =>
        _path = command.Value(
            "--state-dir <DIR>",
            $"Where runs are kept. Default: {StateDirectory.EnvironmentVariable}, else {StateDirectory.DefaultPath}.");

    /// <summary>The directory; it need not exist.</summary>
    public StateDirectory Directory => new(_path.Value() ?? DefaultPath);

    /// <summary>Whether a directory was named.</summary>
    public bool IsGiven => _path.HasValue();

    /// <summary>The directory if the command line names none.</summary>
    public static string DefaultPath => FromEnvironment() ?? ToolSettings.Current.StateDirectory ?? StateDirectory.DefaultPath;

    /// <summary>The option as given, for commands that the user can copy.</summary>
    public IEnumerable<string> Arguments => _path.HasValue() ? ["--state-dir", _path.Value()] : [];

    private static string? FromEnvironment() =>
        Environment.GetEnvironmentVariable(StateDirectory.EnvironmentVariable) is { Length: > 0 } path ? path : null;
}
