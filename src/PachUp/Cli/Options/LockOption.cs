using McMaster.Extensions.CommandLineUtils;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.State;

namespace PachUp.Cli.Options;

/// <summary><c>--break-lock</c> and <c>--lock-dir</c>: how runs keep other runs away from their clusters.</summary>
internal sealed class LockOption
{
    private readonly CommandOption _breakLock;
    private readonly LockDirectoryOption _directory;

    public LockOption(CommandLineApplication command)
    {
        _breakLock = command.Flag(
            "--break-lock",
            "Take over the lock of a run that did not end, or whose process on another machine is gone. The pipelines that it had stopped count as running. The lock "
                + "of a process that runs on this machine is never broken.");
        _directory = new LockDirectoryOption(command);
    }

    /// <summary>Refuses a plan for clusters on which another run works or that it left, before anything else is asked of them.</summary>
    public IUnfinishedRuns Refusing(StateDirectory state) => new UnfinishedRuns(state, Options, tell: null);

    /// <summary>How clusters are locked.</summary>
    public LockOptions Options => new()
    {
        SharedDirectory = _directory.Path,
        BreaksLeft = _breakLock.HasValue(),
    };
}
