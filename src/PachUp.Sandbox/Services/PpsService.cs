using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Pps;

namespace PachUp.Sandbox.Services;

/// <summary>Pipelines and jobs.</summary>
internal sealed class PpsService(PipelineStore pipelines, PipelineCreator creator, PipelineSwitch stopper) : API.APIBase
{
    public override Task<Empty> CreatePipeline(CreatePipelineRequest request, ServerCallContext context)
    {
        creator.Create(request);
        return Task.FromResult(new Empty());
    }

    public override Task<PipelineInfo> InspectPipeline(InspectPipelineRequest request, ServerCallContext context) =>
        Task.FromResult(pipelines.Inspect(request.Pipeline));

    public override Task<PipelineInfos> ListPipeline(ListPipelineRequest request, ServerCallContext context) =>
        Task.FromResult(new PipelineInfos { PipelineInfo = { pipelines.List() } });

    public override Task<Empty> StopPipeline(StopPipelineRequest request, ServerCallContext context)
    {
        stopper.Stop(request.Pipeline);
        return Task.FromResult(new Empty());
    }

    public override Task<Empty> StartPipeline(StartPipelineRequest request, ServerCallContext context)
    {
        stopper.Start(request.Pipeline);
        return Task.FromResult(new Empty());
    }
}
