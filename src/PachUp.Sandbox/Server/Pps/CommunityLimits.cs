using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>The limits of a server without an enterprise key. The sandbox has no key.</summary>
internal sealed class CommunityLimits(Pachd pachd, PipelineStore pipelines)
{
    private const string Edition = "Pachyderm Community Edition requires an activation key to create";

    private const string Offer =
        "Use the command `pachctl enterprise activate` to enter your key.\n\nPachyderm offers readily available activation keys for proofs-of-concept, startups, "
        + "academic, nonprofit, or open-source projects. Tell us about your project to get one.\n\nLearn about Pachyderm Enterprise here:\n\n"
        + "https://www.pachyderm.com/trial";

    /// <summary>Checks a request to create or update a pipeline.</summary>
    /// <exception cref="PachdError">It exceeds a limit.</exception>
    /// <exception cref="ServerCrash">The pipeline exists with a number of workers, and the request has none. The server crashes on that.</exception>
    public void Check(CreatePipelineRequest request)
    {
        if (pachd.Traits.Release is not { CommunityPipelines: { } most, CommunityWorkers: { } mostWorkers })
            return;

        var exists = pipelines.Exists(request.Pipeline.Name);
        var count = pipelines.Names().Count;
        if (!(exists && request.Update) && count >= most)
            throw new PachdError($"{Edition} more than {most} total pipelines (you have {count}). {Offer}");

        if (exists && !request.Update && request.ParallelismSpec is null && pipelines.Inspect(request.Pipeline).ParallelismSpec is { Constant: > 0 })
            throw new ServerCrash();

        if (request.ParallelismSpec?.Constant > (ulong)mostWorkers)
            throw new PachdError($"{Edition} pipelines with parallelism more than {mostWorkers}. {Offer}");
    }
}
