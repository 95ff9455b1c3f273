using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Commands;

namespace PachUp.Sandboxes;

/// <summary><c>--sandbox</c> and <c>--archive</c>: a plan is tried between two clusters in this process.</summary>
internal sealed class SandboxRunOptions
{
    private readonly CommandOption _sandbox;
    private readonly CommandOption _archive;

    public SandboxRunOptions(CommandLineApplication command)
    {
        _sandbox = command.Flag(
            "--sandbox",
            "Try the plan between two clusters in this process; no server is needed and none is touched.");
        _archive = command.Value(
            "--archive <FILE>",
            "With --sandbox: the archive that the source is filled with. Default: that of a real 1.8.7 cluster.");
    }

    /// <summary>Whether the plan is tried in the sandbox.</summary>
    public bool IsWanted => _sandbox.HasValue();

    /// <summary>Starts the two clusters that a plan needs.</summary>
    /// <exception cref="UsageException">Addresses were given as well.</exception>
    public async Task<SandboxPair> StartAsync(MigrationOptions migration, Migrations migrations, CancellationToken cancellationToken)
    {
        if (migration.Clusters is not { Source: null, Target: null })
        {
            throw new UsageException("--sandbox brings its own two clusters", "Leave out --source and --target, or leave out --sandbox.");
        }

        var plan = migrations.Load(migration.Plan, migration.Overrides);
        var cast = SandboxCast.For(plan);
        return await SandboxPair.StartAsync(cast, _archive.Value() ?? Installation.SampleArchive, cancellationToken);
    }

    /// <summary>Refuses options that make sense in the sandbox only.</summary>
    /// <exception cref="UsageException">An archive was given without <c>--sandbox</c>.</exception>
    public void Validate()
    {
        if (_archive.HasValue() && !IsWanted)
        {
            throw new UsageException(
                "--archive says what a sandbox is filled with, and there is no --sandbox", "Add --sandbox, or leave out --archive.");
        }
    }
}
