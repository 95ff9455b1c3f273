using McMaster.Extensions.CommandLineUtils;
using PachUp.Engine.Runs.Locks;

namespace PachUp.Cli.Options;

/// <summary><c>--break-lock</c>: for a cluster whose lock was left on another machine.</summary>
internal sealed class LockOption
{
    private readonly CommandOption _breakLock;

    public LockOption(CommandLineApplication command) => _breakLock = command.Flag(
        "--break-lock",
        "Take over the lock of a run whose process on another machine is gone. The lock of a process that runs on this machine is never broken.");

    /// <summary>How clusters are locked.</summary>
    public LockOptions Options => new() { SharedDirectory = LockOptions.DirectoryOfUser, BreaksUnknown = _breakLock.HasValue() };
}
