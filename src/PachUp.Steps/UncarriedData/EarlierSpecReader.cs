using System.Collections.Immutable;
using Google.Protobuf;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Verification.Listings;
using PachUp.Verification.Records;

namespace PachUp.Steps.UncarriedData;

/// <summary>
/// Reads the earlier specs of pipelines. Each update, start or stop of a pipeline is a commit on its branch in the repo of specs. Starts and stops
/// change nothing else, so only the newest commit of each version is kept.
/// </summary>
/// <param name="client">The source.</param>
internal sealed class EarlierSpecReader(PachdClient client)
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));
    private readonly List<string> _problems = [];

    /// <summary>What could not be kept, and why.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public async Task<ImmutableArray<SpecRecord>> ReadAsync(ClusterInventory inventory, CancellationToken cancellationToken)
    {
        var updated = inventory.Pipelines.Where(pipeline => pipeline.Info.Version > 1).ToList();
        if (updated.Count == 0)
        {
            return [];
        }

        try
        {
            return await ReadAsync(updated, cancellationToken);
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Refused or PachdFailure.Unimplemented)
        {
            _problems.Add($"earlier specs of pipelines: {e.Detail}");
            return [];
        }
    }

    private async Task<ImmutableArray<SpecRecord>> ReadAsync(IEnumerable<PipelineInventory> pipelines, CancellationToken cancellationToken)
    {
        var heads = (await client.ListBranchesAsync(BranchName.SpecRepo, cancellationToken)).ToDictionary(StoppedPipelineSpecs.NameOf, branch => branch.Head?.Id ?? "", StringComparer.Ordinal);
        var commits = await client.ListCommitsAsync(BranchName.SpecRepo, cancellationToken)
            .ToDictionaryAsync(commit => commit.Commit.Id, StringComparer.Ordinal, cancellationToken);
        var specs = ImmutableArray.CreateBuilder<SpecRecord>();
        foreach (var pipeline in pipelines)
        {
            await foreach (var spec in EarlierAsync(pipeline, heads.GetValueOrDefault(pipeline.Name), commits, cancellationToken))
            {
                specs.Add(spec);
            }
        }

        return specs.ToImmutable();
    }

    /// <summary>One spec of each version, from the newest commit to the oldest.</summary>
    private async IAsyncEnumerable<SpecRecord> EarlierAsync(
        PipelineInventory pipeline,
        string? head,
        Dictionary<string, CommitInfo> commits,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var version = pipeline.Info.Version;
        for (var commit = Find(commits, head); commit is not null; commit = Find(commits, commit.ParentCommit?.Id))
        {
            if (commit.Finished is null || await TryReadAsync(pipeline.Name, commit.Commit.Id, cancellationToken) is not { } spec || spec.Version >= version)
            {
                continue;
            }

            version = spec.Version;
            yield return new SpecRecord(pipeline.Name, (long)version, commit.Commit.Id, commit.Finished?.ToDateTimeOffset(), Formatter.Format(spec));
        }
    }

    private async Task<PipelineInfo?> TryReadAsync(string pipeline, string commit, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await foreach (var part in client.ReadFileAsync(BranchName.SpecRepo, commit, StoppedPipelineSpecs.File, cancellationToken))
        {
            content.Write(part.Span);
        }

        try
        {
            return PipelineInfo.Parser.ParseFrom(content.ToArray());
        }
        catch (InvalidProtocolBufferException)
        {
            _problems.Add($"spec of pipeline {pipeline} in commit {commit}: PachUp cannot read it");
            return null;
        }
    }

    private static CommitInfo? Find(Dictionary<string, CommitInfo> commits, string? id) => id is null ? null : commits.GetValueOrDefault(id);
}
