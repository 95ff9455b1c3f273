using Google.Protobuf;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Conformance.State;

/// <summary>
/// What only an extract with output shows: the order in which the branches of all repos were made, and the jobs of earlier specs, which lists leave out.
/// </summary>
public sealed class RecordedExtract
{
    private List<string> _branches = [];
    private List<CreateJobRequest> _jobs = [];

    /// <summary>Learns from one call.</summary>
    public void Learn(RecordedCall call, IReadOnlyList<IMessage> answer)
    {
        if (call.Method != "/admin.API/Extract")
            return;

        var operations = answer.OfType<Op>().Select(operation => Operation.FromBytes(operation.ToByteArray())).ToList();
        if (!operations.Exists(operation => operation.Kind == OperationKind.Job))
            return;

        _branches = [.. operations.Where(operation => operation.Kind == OperationKind.Branch).Select(operation => KeyOf(operation.AsBranch().Branch))];
        _jobs = [.. operations.Where(operation => operation.Kind == OperationKind.Job).Select(operation => operation.AsJob())];
    }

    /// <summary>Branches in the order in which they were made, if it is known.</summary>
    public IReadOnlyList<BranchInfo> InOrder(IReadOnlyList<BranchInfo> branches) => [.. branches.OrderBy(branch => _branches.IndexOf(KeyOf(branch.Branch)))];

    /// <summary>The jobs that lists do not show, the oldest first. An extract has no ids of jobs.</summary>
    public IEnumerable<CreateJobRequest> OtherJobs(IReadOnlyList<JobInfo> known)
    {
        var outputs = known.Select(job => job.OutputCommit.Id).ToHashSet();
        return Enumerable.Reverse(_jobs).Where(job => !outputs.Contains(job.OutputCommit.Id));
    }

    private static string KeyOf(Branch branch) => $"{branch.Repo.Name}/{branch.Name}";
}
