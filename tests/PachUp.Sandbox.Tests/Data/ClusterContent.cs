using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk.Testing;
using AdminApi = PachUp.Pachyderm.Wire.Admin.API.APIClient;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API.APIClient;
using PpsApi = PachUp.Pachyderm.Wire.Pps.API.APIClient;

namespace PachUp.Sandbox.Tests.Data;

/// <summary>The whole content of a cluster as its calls show it, in their order.</summary>
internal static class ClusterContent
{
    public static async Task<IReadOnlyList<string>> ReadAsync(SandboxCluster cluster)
    {
        using var channel = SandboxChannel.Open(cluster.Address);
        var pfs = new PfsApi(channel);
        var repos = (await pfs.ListRepoAsync(new ListRepoRequest())).RepoInfo;
        List<IMessage> content =
        [
            await new AdminApi(channel).InspectClusterAsync(new Empty()),
            .. repos,
            .. (await new PpsApi(channel).ListPipelineAsync(new ListPipelineRequest())).PipelineInfo,
            .. (await new PpsApi(channel).ListJobAsync(new ListJobRequest())).JobInfo,
            .. await ExtractAsync(channel),
        ];
        foreach (var repo in repos.Select(info => info.Repo).Append(new Repo { Name = "__spec__" }))
        {
            content.AddRange((await pfs.ListCommitAsync(new ListCommitRequest { Repo = repo })).CommitInfo);
            content.AddRange((await pfs.ListBranchAsync(new ListBranchRequest { Repo = repo })).BranchInfo);
        }

        return [.. content.Select(message => $"{message.Descriptor.Name} {message}")];
    }

    private static async Task<IReadOnlyList<Op>> ExtractAsync(GrpcChannel channel)
    {
        using var call = new AdminApi(channel).Extract(new ExtractRequest());
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }
}
