using PachUp.Pachyderm.Schedules;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Inventories;

/// <summary>The inputs of a pipeline, including nested ones.</summary>
public static class PipelineInputs
{
    /// <summary>This input and all inputs inside it. The inner ones come first, in the order of the spec, as for pachd.</summary>
    public static IEnumerable<Input> All(Input? input) =>
        input is null ? [] : input.Cross.Concat(input.Union).Concat(input.Join).Concat(input.Group).SelectMany(All).Append(input);

    /// <summary>The branch that an input reads, also that of its cron ticks or git pushes; null for an input made of others.</summary>
    public static BranchName? BranchOf(Input input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input switch
        {
            { Pfs: { } pfs } => new BranchName(pfs.Repo, pfs.Branch),
            { Atom: { } atom } => new BranchName(atom.Repo, atom.Branch),
            { Cron: { } cron } => new BranchName(cron.Repo, CronTick.Branch),
            { Git: { } git } => new BranchName(git.Name, git.Branch),
            _ => null,
        };
    }

    /// <summary>The branches that a pipeline reads, including those of its cron ticks and git pushes.</summary>
    public static IEnumerable<BranchName> Branches(PipelineInfo pipeline) => All(InputOf(pipeline)).Select(BranchOf).OfType<BranchName>();

    /// <summary>The repos that a pipeline reads, except those that the pipeline itself makes (cron ticks, git pushes).</summary>
    public static IEnumerable<string> Repos(PipelineInfo pipeline) =>
        All(InputOf(pipeline)).Select(input => input.Pfs?.Repo ?? input.Atom?.Repo).OfType<string>().Where(repo => repo.Length > 0).Distinct();

    /// <summary>Whether a pipeline has a cron input.</summary>
    public static bool HasCron(PipelineInfo pipeline) => Crons(pipeline).Any();

    /// <summary>The cron inputs of a pipeline.</summary>
    public static IEnumerable<CronInput> Crons(PipelineInfo pipeline) => All(InputOf(pipeline)).Select(input => input.Cron).OfType<CronInput>();

    /// <summary>The repo for the ticks of a cron input. If a request does not name it, the server does.</summary>
    public static string RepoOf(PipelineInfo pipeline, CronInput cron)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(cron);
        return cron.Repo.Length > 0 ? cron.Repo : $"{pipeline.Pipeline.Name}_{cron.Name}";
    }

    private static Input? InputOf(PipelineInfo pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Input;
    }
}
