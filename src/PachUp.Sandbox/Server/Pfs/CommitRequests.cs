using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Reads the settings of a new commit from requests of clients.</summary>
internal static class CommitRequests
{
    public static NewCommit Of(StartCommitRequest request) => new()
    {
        Parent = request.Parent,
        Branch = request.Branch,
        Description = request.Description,
        Provenance = [.. request.ProvenanceUntil187.Select(WithoutBranch), .. request.Provenance],
    };

    public static NewCommit Of(BuildCommitRequest request) => new()
    {
        Parent = request.Parent,
        Branch = request.Branch,
        Id = request.ID,
        Provenance = [.. request.ProvenanceUntil187.Select(WithoutBranch), .. request.Provenance],
        Tree = request.Tree,
        Trees = request.Trees,
        Datums = request.Datums,
        SizeBytes = request.SizeBytes,
        Started = request.Started,
        Finished = request.Finished,
        Origin = request.Origin,
    };

    private static CommitProvenance WithoutBranch(Commit commit) => new() { Commit = commit };
}
