using Google.Protobuf;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Pps;

namespace PachUp.Sandbox.Server.Admin;

/// <summary>
/// Writes the cluster as a stream of operations. Up to 1.9.5 the stream has input repos only, since pipelines compute the rest again. From 1.9.6 on it
/// has everything, with objects as blocks.
/// </summary>
internal sealed class Extractor(
    Pachd pachd, Repos repos, Branches branches, CommitLists commits, PipelineStore pipelines, ObjectCatalog objects, OperationFactory operations)
{
    public IEnumerable<Op> Extract(ExtractRequest request)
    {
        if (request.URL.Length > 0)
            throw ObjectStoreUrl.Refuse(request.URL, needsObject: !pachd.Traits.KeepsTreesAsMessage);

        var content = request.NoObjects ? [] : pachd.Traits.Release.ExtractsOutputs ? BlocksAndObjects() : Objects();
        return content.Concat(pachd.Traits.Release.ExtractsOutputs ? Everything(request) : Inputs(request));
    }

    /// <summary>One pipeline as an operation.</summary>
    public Op ExtractPipeline(Pipeline? pipeline) => operations.Create(OperationKind.Pipeline, PipelineRequests.Of(pipelines.Inspect(pipeline), pachd.Release));

    private IEnumerable<Op> Objects()
    {
        foreach (var info in objects.ListObjects())
        {
            foreach (var part in ContentRange.Pieces(pachd.Objects.Read(info.BlockRef)))
            {
                yield return operations.Create(OperationKind.Object, new PutObjectRequest { Value = ByteString.CopyFrom(part.Span) });
            }

            yield return operations.Create(OperationKind.Object, new PutObjectRequest());
        }

        foreach (var tag in Tags())
        {
            yield return tag;
        }
    }

    private IEnumerable<Op> BlocksAndObjects()
    {
        foreach (var name in pachd.Objects.ListBlocks())
        {
            var block = new Block { Hash = name };
            foreach (var part in ContentRange.Pieces(pachd.Objects.ReadBlock(name)))
            {
                yield return operations.Create(OperationKind.Block, new PutBlockRequest { Block = block, Value = ByteString.CopyFrom(part.Span) });
            }

            yield return operations.Create(OperationKind.Block, new PutBlockRequest { Block = block });
        }

        foreach (var info in objects.ListObjects())
        {
            yield return operations.Create(OperationKind.CreateObject, new CreateObjectRequest { Object = info.Object, BlockRef = info.BlockRef });
        }

        foreach (var tag in Tags())
        {
            yield return tag;
        }
    }

    private IEnumerable<Op> Tags() => objects.ListTags(new ListTagsRequest { IncludeObject = true })
        .Select(tag => operations.Create(OperationKind.Tag, new TagObjectRequest { Object = tag.Object, Tags = { tag.Tag } }));

    private IEnumerable<Op> Inputs(ExtractRequest request)
    {
        var inputRepos = request.NoRepos ? [] : repos.List().Where(IsInput).ToList();
        foreach (var repo in inputRepos)
        {
            yield return RepoOf(repo);
        }

        foreach (var pipeline in request.NoPipelines ? [] : PipelineOrder.DependenciesFirst(pipelines.List()))
        {
            yield return operations.Create(OperationKind.Pipeline, PipelineRequests.Of(pipeline, pachd.Release));
        }

        foreach (var operation in inputRepos.SelectMany(CommitsAndBranches))
        {
            yield return operation;
        }
    }

    private bool IsInput(RepoInfo repo) => branches.List(repo.Repo, oldestFirst: false).All(branch => branch.Provenance.Count == 0);

    private Op RepoOf(RepoInfo repo) => operations.Create(OperationKind.Repo, new CreateRepoRequest { Repo = repo.Repo, Description = repo.Description });

    private IEnumerable<Op> CommitsAndBranches(RepoInfo repo)
    {
        var heads = branches.List(repo.Repo, oldestFirst: false);
        var (all, _) = commits.List(new ListCommitRequest { Repo = repo.Repo });
        return CommitOrder.ToRequests(all, heads).Select(commit => operations.Create(OperationKind.Commit, commit))
            .Concat(heads.Select(branch => operations.Create(OperationKind.Branch, new CreateBranchRequest { Head = branch.Head, Branch = branch.Branch })));
    }

    private IEnumerable<Op> Everything(ExtractRequest request)
    {
        foreach (var operation in request.NoRepos ? [] : ReposWhole())
        {
            yield return operation;
        }

        foreach (var pipeline in request.NoPipelines ? [] : PipelineOrder.DependenciesFirst(pipelines.List()))
        {
            var create = PipelineRequests.Of(pipeline, pachd.Release);
            create.SpecCommit = pipeline.SpecCommit;
            yield return operations.Create(OperationKind.Pipeline, create);
            foreach (var job in pachd.Metadata.InTransaction(() => JobRequests.Of(pachd.Metadata, pipeline.Pipeline)))
            {
                yield return operations.Create(OperationKind.Job, job);
            }
        }
    }

    private IEnumerable<Op> ReposWhole()
    {
        yield return RepoOf(new RepoInfo { Repo = Refs.Repo(Refs.SpecRepo) });
        foreach (var repo in repos.List().Reverse())
        {
            yield return RepoOf(repo);
        }

        var now = pachd.Traits.Release.KeepsCommitTimes ? pachd.Now() : null;
        var (all, _) = commits.List(new ListCommitRequest { Repo = Refs.Repo(""), Reverse = true });
        foreach (var commit in all)
        {
            yield return operations.Create(OperationKind.Commit, CommitOrder.ToWholeRequest(commit, now, pachd.Traits.Release.KeepsCommitOrigins));
        }

        foreach (var branch in branches.List(Refs.Repo(""), oldestFirst: true))
        {
            yield return operations.Create(OperationKind.Branch, new CreateBranchRequest { Head = branch.Head, Branch = branch.Branch, Provenance = { branch.DirectProvenance } });
        }
    }
}
