using Grpc.Net.Client;
using PachUp.Pachyderm.Connections;

namespace PachUp.Sdk.Testing;

/// <summary>Plain gRPC connections to sandboxes, for tests that call a server directly.</summary>
public static class SandboxChannel
{
    /// <summary>A connection with the message limits of pachd's clients.</summary>
    public static GrpcChannel Open(ClusterAddress address) => GrpcChannel.ForAddress(
        new UriBuilder(Uri.UriSchemeHttp, address.Host, address.Port).Uri,
        new GrpcChannelOptions { MaxReceiveMessageSize = PachdClient.MaxMessageBytes, MaxSendMessageSize = PachdClient.MaxMessageBytes });
}
