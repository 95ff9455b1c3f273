using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Trees;
using PipelineMetadata = PachUp.Pachyderm.Wire.Pps.Metadata;

namespace PachUp.Sandbox.Server.Admin;

/// <summary>Converts operations of older generations as servers do.</summary>
internal sealed class OperationConversion(Pachd pachd, CommitTrees trees)
{
    private const OperationGeneration FirstWithCommitProvenance = OperationGeneration.V1_9;

    private const string DefaultGpu = "nvidia.com/gpu";

    private static readonly Release FirstToKeepSaltsOfV1_8 = new(1, 9, 5);
    private static readonly ReleaseLine V1_8 = new(1, 8);

    private readonly MessageTreeCodec _treesOfV1_7 = new();

    /// <summary>Converts a commit of another generation: rewrites trees of 1.7, and drops provenance.</summary>
    /// <exception cref="ServerCrash">A commit of 1.7 has no tree. The server crashes on it.</exception>
    /// <exception cref="PachdError">Its tree is missing.</exception>
    public BuildCommitRequest Convert(BuildCommitRequest commit, OperationGeneration from)
    {
        if (from == pachd.Traits.Release.Generation)
            return commit;

        if (from >= FirstWithCommitProvenance)
            return WithoutTimes(commit);

        var converted = new BuildCommitRequest { Parent = commit.Parent, Branch = commit.Branch, ID = commit.ID, Tree = commit.Tree };
        if (from == OperationGeneration.V1_7)
            converted.Tree = ConvertTree(ServerCrash.IfNull(commit.Tree));

        return converted;
    }

    /// <summary>Converts a branch of another generation: fills in the repo of the branch and of its head.</summary>
    public CreateBranchRequest Convert(CreateBranchRequest branch, OperationGeneration from)
    {
        var converted = branch.Clone();
        if (from != pachd.Traits.Release.Generation)
            converted.Trigger = null;

        if (converted.Branch is null)
        {
            var name = from == pachd.Traits.Release.Generation && pachd.Traits.Release.RestrictsBranchNames ? Ancestry.Sanitize(branch.SBranch) : branch.SBranch;
            converted.Branch = Refs.Branch(ServerCrash.IfNull(ServerCrash.IfNull(branch.Head).Repo).Name, name);
        }

        return converted;
    }

    /// <summary>Converts a pipeline of another generation.</summary>
    public CreatePipelineRequest Convert(CreatePipelineRequest pipeline, OperationGeneration from)
    {
        var converted = pipeline.Clone();
        if (from < pachd.Traits.Release.Generation)
        {
            if (from == OperationGeneration.V1_7)
                ConvertFromV1_7(converted);

            if (from < OperationGeneration.V1_9 && pachd.Traits.Release.Generation >= OperationGeneration.V1_9)
                ConvertFromV1_8(converted);

            if (pachd.Traits.Release.Generation >= OperationGeneration.V1_10)
                ConvertFromV1_9(converted);

            if (from >= OperationGeneration.V1_10)
                ConvertFromLater(converted);
        }

        // Servers of 1.8 give every restored pipeline a new salt, even a pipeline of 1.8.
        if (pachd.Release.Line == V1_8)
            converted.Salt = "";

        if (pachd.Traits.Release.RestrictsBranchNames)
            Sanitize(converted);

        return converted;
    }

    /// <summary>No conversion into 1.11 or later copies the times and the origin of a commit.</summary>
    private BuildCommitRequest WithoutTimes(BuildCommitRequest commit)
    {
        if (!pachd.Traits.Release.KeepsCommitOrigins)
            return commit;

        var converted = commit.Clone();
        converted.Started = null;
        converted.Finished = null;
        converted.Origin = null;
        return converted;
    }

    /// <summary>Drops headers and footers, as the real servers do: the later format keeps them elsewhere.</summary>
    private Wire.Object ConvertTree(Wire.Object tree)
    {
        var files = _treesOfV1_7.Read(pachd.Objects.Read(tree.Hash));
        return trees.Write(files.WithoutSharedParts());
    }

    private static void ConvertFromV1_7(CreatePipelineRequest pipeline)
    {
        // Results of 1.7 have another format. A new salt keeps workers from using them.
        pipeline.Salt = "";
        pipeline.Incremental = false;
        ConvertGpu(pipeline.ResourceRequests);
        ConvertGpu(pipeline.ResourceLimits);
        ConvertAtoms(pipeline.Input);
    }

    private void ConvertFromV1_8(CreatePipelineRequest pipeline)
    {
        if (pachd.Release.WithoutSuffix() < FirstToKeepSaltsOfV1_8)
            pipeline.Salt = "";

        if (pachd.Traits.Release.ExtractsOutputs)
            pipeline.Batch = false;

        pipeline.PodPatch = "";
        pipeline.Spout = null;
        ConvertAtoms(pipeline.Input);
    }

    private static void ConvertFromV1_9(CreatePipelineRequest pipeline)
    {
        pipeline.TfJob = null;
        foreach (var input in PipelineInputs.All(pipeline.Input))
        {
            input.Join.Clear();
        }

        if (pipeline.Service is not { Annotations.Count: > 0 } service)
            return;

        pipeline.Metadata = new PipelineMetadata { Annotations = { service.Annotations } };
        service.Annotations.Clear();
    }

    /// <summary>The conversions into 1.11 and later copy the fields that 1.9 has.</summary>
    private static void ConvertFromLater(CreatePipelineRequest pipeline)
    {
        pipeline.Autoscaling = false;
        pipeline.ReprocessSpec = "";
        pipeline.S3Out = false;
        pipeline.SidecarResourceLimits = null;
        pipeline.Metadata = pipeline.Service is null || pipeline.Metadata is null ? null : new PipelineMetadata { Annotations = { pipeline.Metadata.Annotations } };
        foreach (var input in PipelineInputs.All(pipeline.Input).Select(nested => nested.Pfs).OfType<PFSInput>())
        {
            input.S3 = false;
            input.Trigger = null;
            input.GroupBy = "";
            input.OuterJoin = false;
        }

        foreach (var input in PipelineInputs.All(pipeline.Input))
        {
            input.Group.Clear();
        }
    }

    private static void ConvertGpu(ResourceSpec? resources)
    {
        if (resources is null)
            return;

        if (resources.GpuUntil1714 != 0)
            resources.Gpu = new GPUSpec { Type = DefaultGpu, Number = resources.GpuUntil1714 };

        resources.GpuUntil1714 = 0;
    }

    private static void ConvertAtoms(Input? input)
    {
        foreach (var nested in PipelineInputs.All(input).Where(nested => nested.Atom is not null))
        {
            var atom = nested.Atom!;
            nested.Atom = null;
            nested.Pfs = new PFSInput
            {
                Name = atom.Name,
                Repo = atom.Repo,
                Branch = atom.Branch,
                Commit = atom.Commit,
                Glob = atom.Glob,
                Lazy = atom.Lazy,
                EmptyFiles = atom.EmptyFiles,
            };
        }
    }

    private static void Sanitize(CreatePipelineRequest pipeline)
    {
        var name = ServerCrash.IfNull(pipeline.Pipeline);
        name.Name = Ancestry.Sanitize(name.Name);
        foreach (var input in PipelineInputs.All(pipeline.Input).Select(nested => nested.Pfs).OfType<PFSInput>())
        {
            input.Branch = Ancestry.Sanitize(input.Branch);
            input.Repo = Ancestry.Sanitize(input.Repo);
        }
    }
}
