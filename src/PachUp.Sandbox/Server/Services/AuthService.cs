using Grpc.Core;
using PachUp.Pachyderm.Wire.Auth;

namespace PachUp.Sandbox.Server.Services;

/// <summary>Access control, which is not activated.</summary>
internal sealed class AuthService : API.APIBase
{
    public override Task<WhoAmIResponse> WhoAmI(WhoAmIRequest request, ServerCallContext context) => throw NotActivated();

    public override Task<GetAdminsResponse> GetAdmins(GetAdminsRequest request, ServerCallContext context) => throw NotActivated();

    public override Task<GetConfigurationResponse> GetConfiguration(GetConfigurationRequest request, ServerCallContext context) => throw NotActivated();

    public override Task<GetClusterRoleBindingsResponse> GetClusterRoleBindings(GetClusterRoleBindingsRequest request, ServerCallContext context) =>
        throw NotActivated();

    public override Task<DeactivateResponse> Deactivate(DeactivateRequest request, ServerCallContext context) => throw NotActivated();

    private static RpcException NotActivated() => new(new Status(StatusCode.Unimplemented, "the auth service is not activated"));
}
