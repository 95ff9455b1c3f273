using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>Starts an output commit of a pipeline on request. It is computed from the commits in the request, and from heads for other branches.</summary>
internal sealed class PipelineRunner(Pachd pachd, PipelineStore pipelines, CommitResolver resolver, CommitMaker maker)
{
    public void Run(RunPipelineRequest request)
    {
        var info = pipelines.Inspect(request.Pipeline);
        var provenance = pachd.Metadata.InTransaction(() => ProvenanceOf(request, info));
        maker.Make(new NewCommit { Parent = Refs.Commit(info.Pipeline.Name, ""), Provenance = provenance });
    }

    private List<CommitProvenance> ProvenanceOf(RunPipelineRequest request, PipelineInfo info)
    {
        var output = pachd.Metadata.Branches(info.Pipeline.Name).Inspect(info.OutputBranch);
        if (pachd.Traits.ChecksRequests && output.Head is null)
        {
            throw new PachdError(
                "run pipeline needs a pipeline with existing data to run\nnew commits will trigger the pipeline automatically, so this "
                + "only needs to be used if you need to run the pipeline on an old version of the data, or to rerun an job");
        }

        List<CommitProvenance> named = [.. Named(request)];
        CheckBranches(named, output);
        var spec = resolver.ResolveId(info.SpecCommit);
        var ofSpec = new CommitProvenance { Commit = spec, Branch = Refs.Branch(Refs.SpecRepo, info.Pipeline.Name) };
        return [.. named, .. Newest(output, named), ofSpec];
    }

    private IEnumerable<CommitProvenance> Named(RunPipelineRequest request)
    {
        var named = request.Provenance.Select(WithBranch);
        return request.JobId.Length == 0 ? named : named.Concat(ProvenanceOfJob(request.JobId));
    }

    private List<CommitProvenance> ProvenanceOfJob(string id) =>
        [.. resolver.Resolve(pachd.Metadata.Jobs.Inspect(id).OutputCommit).Provenance];

    private CommitProvenance WithBranch(CommitProvenance provenance)
    {
        if (provenance.Branch is not null)
            return provenance;

        if (provenance.Commit is null)
            throw new PachdError("request provenance cannot have both a nil commit and nil branch");

        var commit = resolver.Resolve(provenance.Commit);
        return new CommitProvenance { Commit = commit.Commit, Branch = commit.Branch };
    }

    private void CheckBranches(IEnumerable<CommitProvenance> named, BranchInfo output)
    {
        var headProvenance = output.Head is null ? [] : resolver.Resolve(output.Head).Provenance.Select(provenance => provenance.Branch);
        var known = output.Provenance.Concat(headProvenance).Append(output.Branch).Select(Refs.KeyOf).ToHashSet();
        foreach (var branch in named.Select(provenance => provenance.Branch))
        {
            pachd.Metadata.Repos.Inspect((branch.Repo ?? throw new PachdError("request provenance branch must have a non nil repo")).Name);
            if (branch.Repo.Name != Refs.SpecRepo && !known.Contains(Refs.KeyOf(branch)))
                throw new PachdError("the commit provenance contains a branch which the pipeline's branch is not provenant on");
        }
    }

    /// <summary>The provenance of the heads of the other branches.</summary>
    private IEnumerable<CommitProvenance> Newest(BranchInfo output, IReadOnlyList<CommitProvenance> named)
    {
        var given = named.Select(provenance => Refs.KeyOf(provenance.Branch)).ToHashSet();
        return output.Provenance.Append(output.Branch)
            .Where(branch => !given.Contains(Refs.KeyOf(branch)))
            .Select(branch => pachd.Metadata.Branches(branch.Repo.Name).Inspect(branch.Name).Head)
            .OfType<Commit>()
            .SelectMany(head => resolver.Resolve(head).Provenance)
            .Where(provenance => !given.Contains(Refs.KeyOf(provenance.Branch)));
    }
}
