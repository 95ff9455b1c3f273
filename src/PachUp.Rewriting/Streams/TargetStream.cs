using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Streams;

/// <summary>The stream for the target: objects, tags, repos, pipelines, commits and branches, then running pipelines with cron inputs.</summary>
internal sealed class TargetStream(MigrationDecisions decisions)
{
    private readonly PendingItems _pending = new(decisions);
    private readonly Requests _requests = new(decisions);
    private readonly List<string> _pipelinesInOrder = [];
    private bool _pipelinesAreOut;

    private ReleaseLine SourceLine => decisions.Sent.Source.Release.Line;

    /// <summary>The operations that replace one operation of the source; often none.</summary>
    public IEnumerable<Operation> Take(Operation operation) => operation.Kind switch
    {
        OperationKind.Object => [operation.In(decisions.Generation)],
        OperationKind.Tag => Tag(operation),
        OperationKind.Repo => Repo(operation.AsRepo().Repo.Name),
        OperationKind.Pipeline => Remember(operation.AsPipeline().Pipeline.Name),
        OperationKind.Commit => ReposAndPipelines().Concat(Commit(operation.AsCommit())),
        OperationKind.Branch => ReposAndPipelines().Concat(Branch(operation.AsBranch().Branch)),
        _ => throw new StepFailedException(
            $"the stream contains an operation of kind {operation.Kind}, generation {operation.Generation.ToLineText()}, which no {SourceLine} sends",
            $"Extract again from the {SourceLine} cluster. An archive of another line needs another plan."),
    };

    /// <summary>The operations for everything that is not in the source's stream.</summary>
    public IEnumerable<Operation> Complete() =>
        ReposAndPipelines()
            .Concat(_pending.TakeCommits().Select(_requests.AddedCommit))
            .Concat(_pending.TakeBranches().SelectMany(_requests.Head))
            .Concat(_requests.Provenances())
            .Concat(Pipelines(last: true));

    /// <summary>The tags of an operation, except those of datums, whose results the target cannot use.</summary>
    private IEnumerable<Operation> Tag(Operation operation)
    {
        var request = operation.AsTag();
        if (!decisions.Target.OutputNamesBlocks || !request.Tags.Any(tag => DatumTag.IsDatumTag(tag.Name)))
        {
            return [operation.In(decisions.Generation)];
        }

        var others = request.Tags.Where(tag => !DatumTag.IsDatumTag(tag.Name)).ToList();
        return others.Count == 0
            ? []
            : [Operation.Create(decisions.Generation, OperationKind.Tag, new TagObjectRequest { Object = request.Object, Tags = { others } })];
    }

    private IEnumerable<Operation> Repo(string name) => _pending.TakeRepo(name) is { } repo ? [_requests.Repo(repo)] : [];

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
        return _pending.TakeRepos().Select(_requests.Repo)
            .Concat(Pipelines(last: false))
            .Concat(_requests.CutOffs());
    }

    private IEnumerable<Operation> Pipelines(bool last) =>
        PipelineOrder.Of([.. decisions.Carried.Pipelines.Where(pipeline => CronPipelines.ComesLast(pipeline) == last)], _pipelinesInOrder)
            .Select(_requests.Pipeline);

    private IEnumerable<Operation> Commit(BuildCommitRequest request) =>
        _pending.TakeCommit(request.Parent.Repo.Name, request.ID) is { } commit ? [_requests.Commit(request, commit)] : [];

    private IEnumerable<Operation> Branch(Branch branch) =>
        _pending.TakeBranch(branch.Repo.Name, BranchNames.For(decisions.Target, branch.Name)) is { } known
            ? _requests.Head(new RepoItem<BranchInventory>(branch.Repo.Name, known))
            : [];
}
