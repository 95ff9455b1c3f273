using Google.Protobuf.Reflection;

namespace PachUp.Conformance.Comparison;

/// <summary>The rules for single fields from the README of the recordings.</summary>
public static class FieldRules
{
    private static readonly HashSet<string> GivenByKubernetes =
    [
        "pps.Service.ip", "pps.PipelineInfo.reason", "pps.EtcdPipelineInfo.reason", "admin.ClusterInfo.deployment_id",
    ];

    private static readonly HashSet<string> InAnyOrder =
    [
        "pfs.CommitInfo.provenance", "pfs.CommitInfo.provenance_until_1_8_7", "pfs.CommitInfo.branch_provenance",
        "pfs.CommitInfo.subvenance", "pfs.CommitInfo.child_commits",
        "pfs.BranchInfo.provenance", "pfs.BranchInfo.subvenance", "pfs.BranchInfo.direct_provenance",
        "pfs.CreateBranchRequest.provenance", "pfs.BuildCommitRequest.provenance", "pfs.BuildCommitRequest.provenance_until_1_8_7",
    ];

    private static readonly HashSet<string> SizesOfContent =
    [
        "pfs.CommitInfo.size_bytes", "pfs.FileInfo.size_bytes", "pfs.BuildCommitRequest.size_bytes", "pfs.RepoInfo.size_bytes",
        "pfs.ByteRange.upper", "pfs.ByteRange.lower",
    ];

    /// <summary>Whether the value comes from Kubernetes, so that it cannot be compared.</summary>
    public static bool IsGivenByKubernetes(FieldDescriptor field) => GivenByKubernetes.Contains(field.FullName);

    /// <summary>Whether the value is the tree of a commit. 1.7 writes it in random order, so its hash is random.</summary>
    public static bool IsTreeOfCommit(FieldDescriptor field) => field.FullName is "pfs.CommitInfo.tree" or "pfs.BuildCommitRequest.tree";

    /// <summary>Whether the order of a list has no meaning.</summary>
    public static bool IsUnordered(FieldDescriptor field) => InAnyOrder.Contains(field.FullName);

    /// <summary>Whether the value is the size of content. It varies if the content holds times, whose length varies.</summary>
    public static bool IsSizeOfContent(FieldDescriptor field) => SizesOfContent.Contains(field.FullName);
}
