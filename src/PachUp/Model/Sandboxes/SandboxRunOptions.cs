using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;

namespace PachUp.Model.Sandboxes;

/// <summary><c>--sandbox</c> and <c>--archive</c>: a plan is tried with clusters in this process.</summary>
internal sealed class SandboxRunOptions
{
    private readonly CommandOption _sandbox;
    private readonly CommandOption _archive;

    public SandboxRunOptions(CommandLineApplication command)
    {
        _sandbox = command.Flag(
            "--sandbox",
            "Try the plan with sandbox clusters in this process. No server is needed or changed.");
        _archive = command.Value(
            "--archive <FILE>",
            "With --sandbox: the archive to fill the source with. Default: an archive of a real cluster of the plan's line.");
        command.Check(Check);
    }

    /// <summary>Whether the plan is tried in the sandbox.</summary>
    public bool IsWanted => _sandbox.HasValue();

    /// <summary>The options for the sandbox, for commands that the user can copy.</summary>
    public IEnumerable<string> Arguments => _archive.Value() is { } archive ? ["--sandbox", "--archive", archive] : ["--sandbox"];

    /// <summary>Starts the sandboxes of a plan, and makes a backup if the plan restores one that does not exist.</summary>
    /// <exception cref="UsageException">Addresses were given as well.</exception>
    public async Task<SandboxTrial> StartAsync(MigrationCommandOptions migration, MigrationPlanner migrations, CancellationToken cancellationToken)
    {
        if (migration.Clusters is not { Source: null, Target: null, SourcePeer.Value: null, TargetPeer.Value: null })
        {
            throw new UsageException(
                "--sandbox starts its own clusters", "Leave out --source, --target and their peer ports, or leave out --sandbox.");
        }

        var plan = migrations.Load(migration.Plan, migration.Overrides);
        var archive = _archive.Value() ?? Installation.SampleArchiveOf(SandboxSetup.For(plan).Source.Line);
        var backup = IsMissing(plan.From.Backup) ? await SampleBackup.MakeAsync(migrations, archive, cancellationToken) : null;
        if (backup is not null)
        {
            plan = migrations.Load(migration.Plan, plan.Overrides with { Set = [.. plan.Overrides.Set, $"backup={backup.Path}"] });
        }

        return new SandboxTrial(await SandboxClusters.StartAsync(plan, archive, cancellationToken), plan, backup);
    }

    private static bool IsMissing(string? backup) => backup is not null && !File.Exists(backup);

    /// <summary>Refuses options that make sense in the sandbox only.</summary>
    private void Check()
    {
        if (_archive.HasValue() && !IsWanted)
        {
            throw new UsageException(
                "--archive needs --sandbox", "Add --sandbox, or leave out --archive.");
        }
    }
}
