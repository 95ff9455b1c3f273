using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Renames branches whose names the target refuses (from 1.9 on), everywhere they occur: branches, provenance, inputs and output branches of
/// pipelines, probes.
/// </summary>
public sealed class AllowedNames : IRule
{
    private const string Rule = "name-not-allowed";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Target.RestrictsBranchNames ? new Renaming(draft).Apply() : draft;

    /// <summary>The renaming of one draft.</summary>
    private sealed class Renaming(Draft draft)
    {
        private readonly ImmutableArray<AnnouncedChange>.Builder _changes = ImmutableArray.CreateBuilder<AnnouncedChange>();

        private string Why => $"{draft.Target.Release.Line} allows letters, digits, underscores and dashes in branch names";

        public Draft Apply()
        {
            _changes.AddRange(draft.Carried.Repos.SelectMany(repo => repo.Branches.Where(IsRefused).Select(branch => Renamed(repo.Name, branch.Name))));
            var renamed = draft
                .WithRepos(Rename)
                .WithPipelines(Rename)
                .WithProbes(draft.Carried.Probes.Select(probe => probe with { Branch = Allowed(probe.Branch) }));
            return renamed.Announce(_changes);
        }

        private string Allowed(string name) => BranchNames.For(draft.Target, name);

        private bool IsRefused(BranchInventory branch) => branch.Name != Allowed(branch.Name);

        private AnnouncedChange Renamed(string repo, string branch) =>
            new(ChangeKind.Renamed, Items.Branch(repo, branch, $"{branch} -> {Allowed(branch)}"), Rule, Why);

        private RepoInventory Rename(RepoInventory repo) => repo with
        {
            Branches = [.. repo.Branches.Select(Rename).OrderBy(branch => branch.Name, StringComparer.Ordinal)],
            Commits = [.. repo.Commits.Select(Rename)],
        };

        private BranchInventory Rename(BranchInventory branch) => branch with
        {
            Name = Allowed(branch.Name),
            DirectProvenance = [.. branch.DirectProvenance.Select(Rename).Order()],
            Provenance = [.. branch.Provenance.Select(Rename).Order()],
        };

        private BranchName Rename(BranchName name) => name with { Branch = Allowed(name.Branch) };

        private CommitInventory Rename(CommitInventory commit) => commit with
        {
            Branch = commit.Branch is { } branch ? Allowed(branch) : null,
            Provenance = [.. commit.Provenance.Select(origin => origin with { Branch = Allowed(origin.Branch) })],
        };

        private PipelineInventory Rename(PipelineInventory pipeline)
        {
            var copy = pipeline.Info.Clone();
            var details = Rename(copy).ToList();
            _changes.AddRange(details.Select(detail => new AnnouncedChange(ChangeKind.Changed, Items.Pipeline(pipeline.Name, detail), Rule, Why)));
            return details.Count > 0 ? pipeline with { Info = copy } : pipeline;
        }

        private IEnumerable<string> Rename(PipelineInfo pipeline)
        {
            if (pipeline.OutputBranch is { Length: > 0 } output && output != Allowed(output))
            {
                pipeline.OutputBranch = Allowed(output);
                yield return $"output_branch: {output} -> {pipeline.OutputBranch}";
            }

            foreach (var input in PipelineInputs.All(pipeline.Input))
            {
                foreach (var detail in Rename(input))
                {
                    yield return detail;
                }
            }
        }

        private IEnumerable<string> Rename(Input input)
        {
            var (name, old) = (input.Pfs?.Name ?? input.Atom?.Name, input.Pfs?.Branch ?? input.Atom?.Branch ?? "");
            if (old.Length == 0 || old == Allowed(old))
            {
                yield break;
            }

            if (input.Pfs is { } pfs)
            {
                pfs.Branch = Allowed(old);
            }

            if (input.Atom is { } atom)
            {
                atom.Branch = Allowed(old);
            }

            yield return $"branch of input \"{name}\": {old} -> {Allowed(old)}";
        }
    }
}
