using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Engine.Rehearsals;

/// <summary>
/// Completes what archives lack about pipelines. Extracts before 1.9.6 leave out the output repos of running pipelines. Each of these pipelines gets
/// the output branch of its spec and, if its input has a commit, one finished commit. An output branch without provenance belongs to a stopped
/// pipeline.
/// </summary>
internal sealed class ArchivedOutputs
{
    private const string DefaultBranch = "master";
    private const string StatsBranch = "stats";

    private readonly ClusterInventory _archive;
    private readonly Dictionary<BranchName, BranchInventory> _branches;
    private readonly Dictionary<string, PipelineInventory> _pipelines;
    private readonly Dictionary<string, RepoInventory> _madeUp = new(StringComparer.Ordinal);

    private ArchivedOutputs(ClusterInventory archive)
    {
        _archive = archive;
        _branches = archive.Repos.SelectMany(repo => repo.Branches.Select(branch => (Name: new BranchName(repo.Name, branch.Name), branch)))
            .ToDictionary(pair => pair.Name, pair => pair.branch);
        _pipelines = archive.Pipelines.ToDictionary(pipeline => pipeline.Name, WithState, StringComparer.Ordinal);
    }

    /// <summary>The completed inventory, and sentences about what the archive lacks.</summary>
    public static (ClusterInventory Inventory, ImmutableArray<string> Gaps) Complete(ClusterInventory archive)
    {
        var outputs = new ArchivedOutputs(archive);
        foreach (var pipeline in archive.Pipelines.Where(outputs.LacksOutput))
        {
            outputs.MakeUp(pipeline.Name);
        }

        return (outputs.Inventory(), outputs.Gaps());
    }

    private ClusterInventory Inventory() => _archive with
    {
        Pipelines = [.. _archive.Pipelines.Select(pipeline => _pipelines[pipeline.Name])],
        Repos = [.. _archive.Repos.Select(repo => _madeUp.GetValueOrDefault(repo.Name, repo))],
    };

    private ImmutableArray<string> Gaps() =>
    [
        "Facts about the source that the archive lacks: its access control, jobs and deployment, whether its objects are readable, and the times, "
        + "descriptions and (before 1.9.6) sizes of commits.",
        .. _madeUp.Count == 0
            ? Array.Empty<string>()
            :
            [
                $"The output of {Words.Count(_madeUp.Count, "pipeline")}, which extracts of {_archive.Release} leave out. The rehearsal used one finished "
                + "commit for each output repo.",
            ],
        .. ReleaseTraits.Of(_archive.Release).ExtractsOutputs || _archive.Pipelines.IsEmpty
            ? Array.Empty<string>()
            : [$"Pipeline fields that extracts of {_archive.Release} leave out. The rehearsal used their default values. A rehearsal with --source has all fields."],
    ];

    private PipelineInventory WithState(PipelineInventory pipeline)
    {
        var info = pipeline.Info.Clone();
        info.SpecCommit ??= new Pachyderm.Wire.Pfs.Commit
        {
            Repo = new Pachyderm.Wire.Pfs.Repo { Name = BranchName.SpecRepo },
            Id = IdOf(new BranchName(BranchName.SpecRepo, pipeline.Name)),
        };
        info.OutputBranch = OutputOf(pipeline).Branch;
        info.Stopped = info.Input is not null && _branches.TryGetValue(OutputOf(pipeline), out var output) && output.Provenance.IsEmpty;
        return pipeline with { Info = info, Stopped = info.Stopped };
    }

    private bool LacksOutput(PipelineInventory pipeline) => !_branches.ContainsKey(OutputOf(pipeline));

    /// <summary>Adds the output of a pipeline, after the output of the pipelines that it reads.</summary>
    private void MakeUp(string name)
    {
        var pipeline = _pipelines[name];
        var output = OutputOf(pipeline);
        var inputs = PipelineInputs.Branches(pipeline.Info).Distinct().ToList();
        if (!_madeUp.TryAdd(name, _archive.FindRepo(name)!))
        {
            return;
        }

        foreach (var upstream in inputs.Where(input => _pipelines.TryGetValue(input.Repo, out var other) && LacksOutput(other)))
        {
            MakeUp(upstream.Repo);
        }

        Add(output, [.. inputs, new BranchName(BranchName.SpecRepo, name)]);
        if (pipeline.Info.EnableStats)
        {
            Add(new BranchName(name, StatsBranch), [output]);
        }
    }

    private void Add(BranchName name, IReadOnlyList<BranchName> direct)
    {
        var provenance = direct.Concat(direct.SelectMany(ProvenanceOf)).Distinct().Order().ToImmutableArray();
        var heads = provenance.Select(HeadOf).OfType<CommitProvenanceInventory>().ToImmutableArray();
        var commit = new CommitInventory { Id = IdOf(name), Finished = DateTimeOffset.UnixEpoch, Tree = TreeOf(name), Provenance = heads };
        var hasInput = heads.Any(head => head.Repo != BranchName.SpecRepo);
        var branch = new BranchInventory
        {
            Name = name.Branch,
            Head = hasInput ? commit.Id : null,
            DirectProvenance = [.. direct.Order()],
            Provenance = provenance,
        };
        _branches[name] = branch;
        var repo = _madeUp[name.Repo];
        _madeUp[name.Repo] = repo with { Branches = [.. repo.Branches, branch], Commits = hasInput ? [.. repo.Commits, commit] : repo.Commits };
    }

    private IEnumerable<BranchName> ProvenanceOf(BranchName branch) =>
        _branches.TryGetValue(branch, out var known) ? known.Provenance : [];

    private CommitProvenanceInventory? HeadOf(BranchName branch)
    {
        var head = branch.IsSpec ? _pipelines[branch.Branch].Info.SpecCommit.Id : _branches.GetValueOrDefault(branch)?.Head;
        return head is null ? null : new CommitProvenanceInventory(branch.Repo, head, branch.Branch);
    }

    private static BranchName OutputOf(PipelineInventory pipeline) =>
        new(pipeline.Name, pipeline.Info.OutputBranch is { Length: > 0 } branch ? branch : DefaultBranch);

    /// <summary>A commit id in the format of pachd, always the same for a branch.</summary>
    private static string IdOf(BranchName branch)
    {
        var digits = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(branch.ToString())));
        return $"{digits[..12]}4{digits[13..32]}";
    }

    private static string TreeOf(BranchName branch) => Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(branch.ToString())));
}
