namespace PachUp.EndToEnd.Tests.EnvironmentFaults;

/// <summary>A fault of the environment in which a command runs.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Preparation">Shell commands that bring it about, before the tool takes the place of the shell.</param>
internal sealed record EnvironmentFault(string Name, string Preparation)
{
    private const string FillDisk = "head -c 65536 /dev/zero > full/rest 2>/dev/null; export PACHUP_STATE_DIR=$PWD/full/state TMPDIR=$PWD/full; exec \"$@\"";

    /// <summary>What a command may say if it cannot work; null if the fault must change nothing.</summary>
    public string? Says { get; init; }

    /// <summary>The exit codes with that.</summary>
    public int[] ExitCodes { get; init; } = [1];

    /// <summary>Whether the answer and the messages can be read. The answer of <c>status</c> says what failed.</summary>
    public bool CanSay { get; init; } = true;

    public override string ToString() => Name;

    /// <summary>All faults.</summary>
    public static IReadOnlyList<EnvironmentFault> All { get; } =
    [
        new("standard input is closed", "exec 0<&-"),
        new("standard output is closed", "exec 1>&-") { CanSay = false },
        new("standard error is closed", "exec 2>&-") { CanSay = false },
        new("all descriptors are closed", "exec 0<&- 1>&- 2>&-") { CanSay = false },
        new("standard output is full", "exec 1>/dev/full") { Says = "could not be written", ExitCodes = [8, 1] },
        new("standard error is full", "exec 2>/dev/full") { CanSay = false },
        new("the reader of standard output has ended", "exec 1> >(exec 0<&-); sleep 0.1") { CanSay = false },
        new("SIGPIPE has its default", "trap - PIPE; exec 1> >(exec 0<&-); sleep 0.1") { CanSay = false },
        new("SIGHUP and SIGPIPE are ignored", "trap '' HUP PIPE"),
        new("umask is 000", "umask 000"),
        new("umask is 777", "umask 777") { Says = "denied" },
        new("there is no HOME", "unset HOME"),
        new("HOME does not exist", "export HOME=$PWD/nowhere"),
        new("HOME is a file", "touch home; export HOME=$PWD/home") { Says = "/home" },
        new("HOME is read-only", $"mkdir home; chmod 555 home; export HOME=$PWD/home; {WithoutPrivileges}") { Says = "/home" },
        new("the state directory is read-only", $"mkdir .pachup; chmod 555 .pachup; {WithoutPrivileges}") { Says = "denied" },
        new("the state directory is a file", "touch .pachup") { Says = ".pachup" },
        new("the working directory is read-only", $"mkdir work; chmod 555 work; cd work; {WithoutPrivileges}") { Says = "denied" },
        new("the directory for temporary files does not exist", "export TMPDIR=$PWD/nowhere") { Says = "TMPDIR" },
        new("the disk is full", $"mkdir full; if unshare -rm true 2>/dev/null; then set -- unshare -rm bash -c 'mount -t tmpfs -o size=64k tmpfs full; {FillDisk}' bash \"$@\"; else trap '' XFSZ; ulimit -f 0; export DOTNET_EnableWriteXorExecute=0; fi")
        {
            Says = "space",
        },
        new("64 files may be open", "ulimit -n 64") { Says = "this process may open 64" },
        new("there is no TERM", "unset TERM"),
        new("TERM is unknown", "export TERM=no-such-terminal"),
        new("LANG is C", "export LANG=C LC_ALL=C"),
        new("LANG is unknown", "export LANG=xx_XX.UTF-8 LC_ALL=xx_XX.UTF-8"),
        new("TZ does not exist", "export TZ=Nowhere/Never"),
    ];

    /// <summary>The superuser may write everywhere, unless this is taken away.</summary>
    private static string WithoutPrivileges => "if [ $(id -u) = 0 ]; then set -- setpriv --bounding-set=-dac_override,-dac_read_search -- \"$@\"; fi";
}
