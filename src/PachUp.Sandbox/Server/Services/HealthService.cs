using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace PachUp.Sandbox.Server.Services;

/// <summary>Answers that the server is healthy.</summary>
internal sealed class HealthService : Pachyderm.Wire.Health.Health.HealthBase
{
    public override Task<Empty> Health(Empty request, ServerCallContext context) => Task.FromResult(new Empty());
}
