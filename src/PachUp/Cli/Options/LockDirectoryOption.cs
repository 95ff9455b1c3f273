using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.State;

namespace PachUp.Cli.Options;

/// <summary><c>--lock-dir</c>: where the users of this machine keep the locks of clusters.</summary>
internal sealed class LockDirectoryOption(CommandLineApplication command)
{
    private readonly CommandOption _directory = command.Value(
        "--lock-dir <DIR>",
        "The directory in which all users of this machine keep their locks, so that two of them never work on one cluster. Default: /var/tmp.");

    /// <summary>The directory.</summary>
    public string? Path => _directory.Value() ?? LockOptions.DirectoryOfMachine;

    /// <summary>Finds the locks of clusters.</summary>
    public UnfinishedRuns Finding(StateDirectory state) => new(state, new LockOptions { SharedDirectory = Path }, tell: null);

    /// <summary>Warns of runs that work on the clusters of a plan, or that did not end.</summary>
    public IUnfinishedRuns Telling(StateDirectory state, Terminal terminal) => new UnfinishedRuns(state, new LockOptions { SharedDirectory = Path }, terminal.Warn);
}
