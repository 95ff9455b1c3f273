using PachUp.Cli.Options;
using PachUp.Engine.Planning;
using PachUp.Engine.Routes;
using PachUp.Engine.State;

namespace PachUp.Model;

/// <summary>The plan that a command line asks for: a plan file, the plan of the next hop to a release, or a saved plan.</summary>
/// <param name="Request">The plan, ready to be previewed.</param>
/// <param name="Arguments">How it was asked for, to repeat it in a command to copy.</param>
internal sealed record RequestedPlan(PlanRequest Request, IReadOnlyList<string> Arguments)
{
    /// <summary>The plan that the user has read; null if nothing says which.</summary>
    public ExpectedPlan? Expected { get; init; }

    /// <summary>The path in which the plan is the next hop; null if the user named the plan.</summary>
    public MigrationPath? Way { get; init; }

    /// <summary>In one line: which hop of the way it is; empty if the plan was named.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Finds the plan.</summary>
    /// <param name="given">The command line.</param>
    /// <param name="hash">The hash that the plan has to have; null for any.</param>
    /// <param name="migrations">Reads plans.</param>
    /// <param name="state">Where runs are kept.</param>
    /// <param name="cancellationToken">Stops the question for the release of the source.</param>
    /// <returns>The plan; null, with the way, if the source is where it should be already.</returns>
    /// <exception cref="Cli.UsageException">No plan was given, or options contradict each other.</exception>
    public static async Task<(RequestedPlan? Plan, MigrationPath? Way)> FindAsync(
        MigrationCommandOptions given, string? hash, MigrationPlanner migrations, StateDirectory state, CancellationToken cancellationToken)
    {
        if (given.SavedPlan is { } file)
        {
            return (OfFile(file, given, hash, migrations), null);
        }

        var hop = await migrations.ChooseAsync(given, cancellationToken);
        if (hop.Plan is null)
        {
            return (null, hop.Way);
        }

        var plan = new RequestedPlan(migrations.Request(hop.Plan, hop.Overrides), [.. given.Arguments(hop.Plan, hop.Overrides.To)])
        {
            Expected = ExpectedPlan.Of(hash, state),
            Way = hop.Way,
            Summary = hop.Summary,
        };
        return (plan, hop.Way);
    }

    private static RequestedPlan OfFile(string file, MigrationCommandOptions given, string? hash, MigrationPlanner migrations)
    {
        given.ThrowIfItChangesSavedPlan();
        var saved = SavedPlan.Read(file);
        if (hash is not null && hash != saved.Preview.Hash)
        {
            throw new Cli.UsageException($"--expect is {hash}, but \"{file}\" has the plan {saved.Preview.Hash}", "Leave out --expect: the file is what was read.");
        }

        return new RequestedPlan(migrations.Request(saved, given.Secrets.References), [file, .. given.Secrets.Arguments, .. given.Plugins.Arguments, .. given.Clusters.Timeouts.Arguments])
        {
            Expected = new ExpectedPlan(saved.Preview.Hash, saved.Preview),
        };
    }
}
