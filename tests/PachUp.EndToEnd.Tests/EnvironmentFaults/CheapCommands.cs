using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.EnvironmentFaults;

/// <summary>Every command, with arguments for which it needs no server and little time; and one whole run.</summary>
internal static class CheapCommands
{
    private const string Nobody = "127.0.0.1:1";

    private static readonly string Archive = Recordings.Archive("1.8.7-open-full");

    /// <summary>The arguments of each command.</summary>
    public static IReadOnlyList<string[]> All { get; } =
    [
        ["--version"],
        ["--help"],
        ["plan", Tool.Plan, "--source", Nobody, "--target", Nobody],
        ["show", "missing.pachplan"],
        ["rehearse", Tool.Plan, "--archive", Archive],
        ["apply", Tool.Plan, "--source", Nobody, "--target", "127.0.0.1:2", "--yes"],
        ["apply", Tool.Plan, "--sandbox", "--dry-run"],
        ["rollback", "--yes"],
        ["path", "--from", "1.7.14", "--to", "1.9.12"],
        ["status", "--source", Nobody],
        ["config"],
        ["completion", "bash"],
        ["complete", "plan"],
        ["check", "--list"],
        ["explain", "same-cluster"],
        ["verify", "--source", Nobody, "--target", Nobody],
        ["extract", "--source", Nobody, "--archive", "a.pachx"],
        ["restore", Archive, "--target", Nobody, "--yes"],
        ["archive", "inspect", Archive],
        ["archive", "verify", Archive],
        ["archive", "diff", Archive, Archive],
        ["archive", "convert", Archive, "--to", "1.9", "--out", "converted.pachx"],
        ["runs", "list"],
        ["runs", "show"],
        ["runs", "report"],
        ["plugin", "list"],
        ["plugin", "search", "x", "--feed", "."],
        ["plugin", "install", "Missing.Plugin", "--feed", ".", "--yes"],
        ["plugin", "update", "--feed", "."],
        ["plugin", "uninstall", "Missing.Plugin"],
        ["plugin", "trust", "list"],
        ["plugin", "trust", "add", "missing"],
        ["plugin", "trust", "remove", "missing"],
        ["plugin", "new", "Acme.Pair", "--pair", "1.10", "1.11"],
        ["sandbox", "--release", "9.9.9"],
        ["schema"],
        ["schema", "events"],
        ["apply", Tool.Plan, "--sandbox", "--yes"],
    ];
}
