using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19.Rewriting;

/// <summary>The stream for the target, as it comes about: objects, tags, repos, pipelines, then commits and branches.</summary>
internal sealed class TargetStream(MigrationDecisions decisions)
{
    private readonly PendingItems _pending = new(decisions);
    private readonly Requests _requests = new(decisions);
    private readonly List<string> _pipelinesInOrder = [];
    private bool _pipelinesAreOut;

    /// <summary>What one operation of the source becomes; often nothing.</summary>
    public IEnumerable<Operation> Take(Operation operation) => operation.Kind switch
    {
        OperationKind.Object or OperationKind.Tag => [operation.In(OperationGeneration.V1_9)],
        OperationKind.Repo => Repo(operation.AsRepo().Repo.Name),
        OperationKind.Pipeline => Remember(operation.AsPipeline().Pipeline.Name),
        OperationKind.Commit => ReposAndPipelines().Concat(Commit(operation.AsCommit())),
        OperationKind.Branch => ReposAndPipelines().Concat(Branch(operation.AsBranch().Branch)),
        _ => throw new StepFailedException(
            $"the stream holds an operation of kind {operation.Kind}, generation {operation.Generation.ToLineText()}, which no 1.8 sends",
            "Extract again from the 1.8 cluster; an archive of another line needs another plan."),
    };

    /// <summary>What was decided to be sent and was not in the source's stream.</summary>
    public IEnumerable<Operation> Complete() =>
        ReposAndPipelines()
            .Concat(_pending.TakeCommits().Select(_requests.AddedCommit))
            .Concat(_pending.TakeBranches().SelectMany(_requests.Head))
            .Concat(_requests.Provenances());

    private IEnumerable<Operation> Repo(string name) => _pending.TakeRepo(name) is { } repo ? [Requests.Repo(repo)] : [];

    private IEnumerable<Operation> Remember(string pipeline)
    {
        _pipelinesInOrder.Add(pipeline);
        return [];
    }

    private IEnumerable<Operation> ReposAndPipelines()
    {
        if (_pipelinesAreOut)
        {
            return [];
        }

        _pipelinesAreOut = true;
        return _pending.TakeRepos().Select(Requests.Repo).Concat(PipelineOrder.Of(decisions.Carried.Pipelines, _pipelinesInOrder).Select(Requests.Pipeline));
    }

    private IEnumerable<Operation> Commit(BuildCommitRequest request) =>
        _pending.TakeCommit(request.Parent.Repo.Name, request.ID) is { } commit ? [_requests.Commit(request, commit)] : [];

    private IEnumerable<Operation> Branch(Branch branch) =>
        _pending.TakeBranch(branch.Repo.Name, BranchNames.Allowed(branch.Name)) is { } known
            ? _requests.Head(new RepoItem<BranchInventory>(branch.Repo.Name, known))
            : [];
}
