using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19.Rules;

/// <summary>Renames the branches that 1.9 refuses, everywhere they occur: branches, provenance, inputs and output branches of pipelines, probes.</summary>
internal sealed class AllowedNames : IRule
{
    private const string Rule = "name-not-allowed";
    private const string Why = "1.9 allows letters, digits, underscores and dashes in branch names";

    public Draft Apply(Draft draft)
    {
        var changes = ImmutableArray.CreateBuilder<AnnouncedChange>();
        changes.AddRange(draft.Carried.Repos.SelectMany(repo => repo.Branches.Where(IsRefused).Select(branch => Renamed(repo.Name, branch.Name))));
        var renamed = draft
            .WithRepos(Rename)
            .WithPipelines(pipeline => Rename(pipeline, changes))
            .WithProbes(draft.Carried.Probes.Select(probe => probe with { Branch = BranchNames.Allowed(probe.Branch) }));
        return renamed.Announce(changes);
    }

    private static bool IsRefused(BranchInventory branch) => branch.Name != BranchNames.Allowed(branch.Name);

    private static AnnouncedChange Renamed(string repo, string branch) =>
        new(ChangeKind.Renamed, Items.Branch(repo, branch, $"{branch} -> {BranchNames.Allowed(branch)}"), Rule, Why);

    private static RepoInventory Rename(RepoInventory repo) => repo with
    {
        Branches = [.. repo.Branches.Select(Rename).OrderBy(branch => branch.Name, StringComparer.Ordinal)],
        Commits = [.. repo.Commits.Select(Rename)],
    };

    private static BranchInventory Rename(BranchInventory branch) => branch with
    {
        Name = BranchNames.Allowed(branch.Name),
        DirectProvenance = [.. branch.DirectProvenance.Select(Rename).Order()],
        Provenance = [.. branch.Provenance.Select(Rename).Order()],
    };

    private static BranchName Rename(BranchName name) => name with { Branch = BranchNames.Allowed(name.Branch) };

    private static CommitInventory Rename(CommitInventory commit) => commit with
    {
        Branch = commit.Branch is { } branch ? BranchNames.Allowed(branch) : null,
        Provenance = [.. commit.Provenance.Select(origin => origin with { Branch = BranchNames.Allowed(origin.Branch) })],
    };

    private static PipelineInventory Rename(PipelineInventory pipeline, ImmutableArray<AnnouncedChange>.Builder changes)
    {
        var copy = pipeline.Info.Clone();
        var details = Rename(copy).ToList();
        changes.AddRange(details.Select(detail => new AnnouncedChange(ChangeKind.Changed, Items.Pipeline(pipeline.Name, detail), Rule, Why)));
        return details.Count > 0 ? pipeline with { Info = copy } : pipeline;
    }

    private static IEnumerable<string> Rename(PipelineInfo pipeline)
    {
        if (pipeline.OutputBranch is { Length: > 0 } output && output != BranchNames.Allowed(output))
        {
            pipeline.OutputBranch = BranchNames.Allowed(output);
            yield return $"output_branch: {output} -> {pipeline.OutputBranch}";
        }

        foreach (var input in PipelineInputs.All(pipeline.Input).Select(input => input.Pfs).OfType<PFSInput>().Where(input => input.Branch.Length > 0))
        {
            var old = input.Branch;
            input.Branch = BranchNames.Allowed(old);
            if (input.Branch != old)
            {
                yield return $"branch of input \"{input.Name}\": {old} -> {input.Branch}";
            }
        }
    }
}
