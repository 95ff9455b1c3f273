using System.Text.RegularExpressions;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// Acts as the operator of an address and does what the tool asks for: undeploys the old release, deploys the new release, or deploys the old release
/// again. An undeployed cluster keeps its content, because its volumes are kept.
/// </summary>
/// <param name="address">The address for clients. At first it leads to the old cluster.</param>
/// <param name="peer">The address of its peer port.</param>
/// <param name="old">The old cluster.</param>
/// <param name="startNew">Starts the new cluster.</param>
internal sealed partial class Operator(FaultyProxy address, FaultyProxy peer, SandboxCluster old, Func<Task<SandboxCluster>> startNew) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private SandboxCluster? _new;
    private Task _work = Task.CompletedTask;

    /// <summary>Does what a line of the tool asks for, after all earlier requests.</summary>
    public void Hear(string line)
    {
        if (Request().Match(line) is { Success: true } request)
        {
            lock (_lock)
            {
                _work = DoAsync(request.Groups["what"].Value, request.Groups["when"].Value, _work);
            }
        }
    }

    /// <summary>The new cluster after all requests are done; null if it was not requested.</summary>
    public async Task<SandboxCluster?> FindNewAsync()
    {
        await _work;
        return _new;
    }

    public async ValueTask DisposeAsync()
    {
        if (await FindNewAsync() is { } cluster)
        {
            await cluster.DisposeAsync();
        }
    }

    private async Task DoAsync(string what, string when, Task before)
    {
        await before;
        switch (what, when)
        {
            case ("undeploy", _):
                address.Refuse();
                peer.Refuse();
                break;
            case (_, "again"):
                peer.MoveTo(old.PeerAddress.Port);
                address.MoveTo(old.Address.Port);
                break;
            default:
                _new ??= await startNew();
                peer.MoveTo(_new.PeerAddress.Port);
                address.MoveTo(_new.Address.Port);
                break;
        }
    }

    [GeneratedRegex(@"\b(?<what>undeploy|deploy) \S+ at \S+ (?<when>now|again)\b")]
    private static partial Regex Request();
}
