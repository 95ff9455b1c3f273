using McMaster.Extensions.CommandLineUtils;
using PachUp.Engine.Runs.Locks;

namespace PachUp.Cli.Options;

/// <summary><c>--break-lock</c> and <c>--lock-dir</c>: how runs keep other runs away from their clusters.</summary>
internal sealed class LockOption
{
    private readonly CommandOption _breakLock;
    private readonly CommandOption _directory;

    public LockOption(CommandLineApplication command)
    {
        _breakLock = command.Flag(
            "--break-lock",
            "Take over the lock of a run whose process on another machine is gone. The lock of a process that runs on this machine is never broken.");
        _directory = command.Value(
            "--lock-dir <DIR>",
            "The directory in which all users of this machine keep their locks, so that two of them never work on one cluster. Default: /var/tmp.");
    }

    /// <summary>How clusters are locked.</summary>
    public LockOptions Options => new()
    {
        SharedDirectory = _directory.Value() ?? LockOptions.DirectoryOfMachine,
        BreaksUnknown = _breakLock.HasValue(),
    };
}
