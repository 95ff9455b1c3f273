using System.Text.Json;
using Google.Protobuf;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Testing;

/// <summary>Inventories of real clusters from the last listings of a recorded scenario.</summary>
public static class RecordedInventory
{
    /// <summary>The inventory at the end of a scenario such as <c>20-source-world</c>.</summary>
    public static ClusterInventory Of(string release, string scenario)
    {
        var listings = LastListings(Recordings.Transcript(release, scenario));
        var repos = listings.Single(call => call.Method == "/pfs.API/ListRepo").Responses.Select(ListRepoResponse.Parser.ParseFrom).SelectMany(answer => answer.RepoInfo);
        var pipelines = listings.Single(call => call.Method == "/pps.API/ListPipeline").Responses.Select(PipelineInfos.Parser.ParseFrom).SelectMany(answer => answer.PipelineInfo);
        return new ClusterInventory
        {
            Release = Release.Parse(release),
            ClusterId = scenario,
            Repos = [.. repos.Select(repo => Repo(repo, listings)).OrderBy(repo => repo.Name, StringComparer.Ordinal)],
            Pipelines = [.. pipelines.Select(Pipeline).OrderBy(pipeline => pipeline.Name, StringComparer.Ordinal)],
        };
    }

    /// <summary>The ids of the commits that pachd made by itself, not a user, as listed at the end of a scenario of 1.9 or later.</summary>
    public static IReadOnlySet<string> AutomaticCommits(string release, string scenario) => LastListings(Recordings.Transcript(release, scenario))
        .Where(call => call.Method == "/pfs.API/ListCommitStream")
        .SelectMany(call => call.Responses)
        .Select(CommitInfo.Parser.ParseFrom)
        .Where(commit => commit.Origin.Kind == OriginKind.Auto)
        .Select(commit => commit.Commit.Id)
        .ToHashSet();

    private static RepoInventory Repo(RepoInfo repo, IReadOnlyCollection<Call> listings) => new()
    {
        Name = repo.Repo.Name,
        Description = repo.Description,
        SizeBytes = (long)repo.SizeBytes,
        Created = repo.Created.ToDateTimeOffset(),
        Branches = [.. Listing(listings, "/pfs.API/ListBranch", repo).Select(BranchInfos.Parser.ParseFrom).SelectMany(answer => answer.BranchInfo).Select(Branch).OrderBy(branch => branch.Name, StringComparer.Ordinal)],
        Commits = [.. Listing(listings, "/pfs.API/ListCommitStream", repo).Select(CommitInfo.Parser.ParseFrom).Select(Commit).OrderBy(commit => commit.Id, StringComparer.Ordinal)],
    };

    private static BranchInventory Branch(BranchInfo branch) => new()
    {
        Name = branch.Branch.Name,
        Head = branch.Head?.Id,
        Trigger = branch.Trigger is { } trigger ? new TriggerInventory(trigger.Branch, trigger.All, trigger.CronSpec, trigger.Size, trigger.Commits) : null,
        DirectProvenance = [.. branch.DirectProvenance.Select(NameOf).Order()],
        Provenance = [.. branch.Provenance.Select(NameOf).Order()],
    };

    private static CommitInventory Commit(CommitInfo commit) => new()
    {
        Id = commit.Commit.Id,
        Parent = commit.ParentCommit?.Id,
        Started = commit.Started?.ToDateTimeOffset(),
        Finished = commit.Finished?.ToDateTimeOffset(),
        SizeBytes = (long)commit.SizeBytes,
        Tree = commit.Tree?.Hash,
        Trees = [.. commit.Trees.Select(tree => tree.Hash)],
        Datums = commit.Datums?.Hash,
        Description = commit.Description,
        Provenance =
        [
            .. commit.ProvenanceUntil187.Zip(commit.BranchProvenance, (origin, branch) => new CommitProvenanceInventory(origin.Repo.Name, origin.Id, branch.Name)),
            .. commit.Provenance.Select(origin => new CommitProvenanceInventory(origin.Commit.Repo.Name, origin.Commit.Id, origin.Branch.Name)),
        ],
    };

    private static PipelineInventory Pipeline(PipelineInfo pipeline) => new() { Name = pipeline.Pipeline.Name, Stopped = pipeline.Stopped, Info = pipeline };

    private static BranchName NameOf(Branch branch) => new(branch.Repo.Name, branch.Name);

    private static IEnumerable<ByteString> Listing(IReadOnlyCollection<Call> listings, string method, RepoInfo repo) =>
        listings.SingleOrDefault(call => call.Method == method && call.Repo == repo.Repo.Name)?.Responses ?? [];

    private static IReadOnlyCollection<Call> LastListings(string transcript) =>
        [.. System.IO.File.ReadLines(transcript).Select(Call.Parse).Where(call => call.IsListing).GroupBy(call => (call.Method, call.Repo)).Select(calls => calls.Last())];

    private sealed record Call(string Method, string Repo, IReadOnlyList<ByteString> Responses, bool Succeeded)
    {
        public bool IsListing => Succeeded && Method is "/pfs.API/ListRepo" or "/pfs.API/ListBranch" or "/pfs.API/ListCommitStream" or "/pps.API/ListPipeline";

        public static Call Parse(string line)
        {
            using var json = JsonDocument.Parse(line);
            var method = json.RootElement.GetProperty("method").GetString()!;
            var request = Messages(json, "request").FirstOrDefault(ByteString.Empty);
            var repo = method switch
            {
                "/pfs.API/ListBranch" => ListBranchRequest.Parser.ParseFrom(request).Repo?.Name,
                "/pfs.API/ListCommitStream" => WholeRepo(ListCommitRequest.Parser.ParseFrom(request)),
                _ => null,
            };
            return new Call(method, repo ?? "", [.. Messages(json, "response")], json.RootElement.GetProperty("code").GetInt32() == 0);
        }

        private static string? WholeRepo(ListCommitRequest request) => request is { To: null, From: null, Number: 0 } ? request.Repo?.Name : "";

        private static IEnumerable<ByteString> Messages(JsonDocument json, string name) =>
            [.. json.RootElement.GetProperty(name).EnumerateArray().Select(message => ByteString.FromBase64(message.GetString()!))];
    }
}
