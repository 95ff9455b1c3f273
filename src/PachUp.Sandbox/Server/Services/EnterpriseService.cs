using Grpc.Core;
using PachUp.Pachyderm.Wire.Enterprise;

namespace PachUp.Sandbox.Server.Services;

/// <summary>The enterprise features, which are not activated.</summary>
internal sealed class EnterpriseService : API.APIBase
{
    public override Task<GetStateResponse> GetState(GetStateRequest request, ServerCallContext context) => Task.FromResult(new GetStateResponse());
}
