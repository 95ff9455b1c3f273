using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Wire.Pfs;
using Admin = PachUp.Pachyderm.Wire.Admin;
using Pfs = PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Finds and keeps the connection that serves the object API of a cluster: the public port, or the given peer port, or the peer port that a
/// platform offers. A peer port has neither encryption nor access control. So it is used only for object calls, without a session token, and only
/// if it belongs to the same cluster.
/// </summary>
/// <param name="publicPort">The connection for everything else.</param>
/// <param name="getClusterId">Reads the cluster id through the public port.</param>
internal sealed class ObjectConnection(PachdConnection publicPort, Func<CancellationToken, Task<string>> getClusterId) : IDisposable
{
    // Any valid hash works, even if the object does not exist. This is the hash of an empty object.
    private const string SomeHash =
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

    private readonly SemaphoreSlim _finding = new(1);
    private volatile Found? _found;

    /// <summary>Finds the port that serves the object API.</summary>
    /// <exception cref="PachdException">The cluster does not answer, or the given peer port cannot be used.</exception>
    public async Task<ObjectAccess> FindAccessAsync(CancellationToken cancellationToken) =>
        (await FindAsync(cancellationToken).ConfigureAwait(false)).Access;

    /// <summary>The connection for object calls.</summary>
    /// <exception cref="PachdException">No port serves the object API.</exception>
    public async Task<PachdConnection> GetAsync(CancellationToken cancellationToken)
    {
        var found = await FindAsync(cancellationToken).ConfigureAwait(false);
        return found.Connection ?? throw new PachdException(
            $"PachUp could not read objects from the pachd at {publicPort.Address}: its object API is {found.Access}. Give its peer port "
            + "(653 in the pod) with --source-peer HOST:PORT or --target-peer HOST:PORT.",
            PachdFailure.ObjectsClosed);
    }

    public void Dispose()
    {
        if (_found?.Connection is { } connection && connection != publicPort)
        {
            connection.Dispose();
        }

        _finding.Dispose();
    }

    private async Task<Found> FindAsync(CancellationToken cancellationToken)
    {
        if (_found is { } known)
        {
            return known;
        }

        await _finding.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _found ??= await LookAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _finding.Release();
        }
    }

    private async Task<Found> LookAsync(CancellationToken cancellationToken)
    {
        if (await ServesObjectsAsync(publicPort, cancellationToken).ConfigureAwait(false))
        {
            return new Found(new ObjectAccess(ObjectAccessKind.Open), publicPort);
        }

        return publicPort.Address switch
        {
            { Peer: { } given } => await OpenGivenAsync(given, cancellationToken).ConfigureAwait(false),
            { OfferedPeer: { } offer } => await OpenOfferedAsync(offer, cancellationToken).ConfigureAwait(false),
            _ => new Found(new ObjectAccess(ObjectAccessKind.None, "no peer port given"), Connection: null),
        };
    }

    private async Task<Found> OpenGivenAsync(ClusterAddress peer, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(peer, $"the peer port {peer}", cancellationToken).ConfigureAwait(false);
        }
        catch (PachdException e)
        {
            throw new PachdException($"The peer port {peer} (from {peer.Origin}) cannot be used. {e.Message}", e.Failure, e.InnerException);
        }
    }

    private async Task<Found> OpenOfferedAsync(PeerOffer offer, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(await offer.OpenAsync(cancellationToken).ConfigureAwait(false), offer.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AddressException or PachdException)
        {
            return new Found(new ObjectAccess(ObjectAccessKind.None, $"{offer.Name} cannot be opened: {e.Message.TrimEnd('.')}"), Connection: null);
        }
    }

    private async Task<Found> OpenAsync(ClusterAddress peer, string name, CancellationToken cancellationToken)
    {
        var clusterId = await getClusterId(cancellationToken).ConfigureAwait(false);
        var connection = ConnectTo(peer, clusterId);
        try
        {
            return await ServesObjectsAsync(connection, cancellationToken).ConfigureAwait(false)
                ? new Found(new ObjectAccess(ObjectAccessKind.Peer, name), connection)
                : throw new PachdException(
                    $"The pachd at {peer} does not serve its object API on this port, so it is a public port. Give the peer port, which is 653 in the pod.",
                    PachdFailure.ObjectsClosed);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection to the peer port. It checks the cluster id before every call, because a port forward can change its server.</summary>
    private PachdConnection ConnectTo(ClusterAddress peer, string clusterId)
    {
        var address = peer with { Tls = false, SessionToken = "", TrustedCertificatesPem = "", Timeouts = publicPort.Address.Timeouts };
        PachdConnection? connection = null;
        connection = new PachdConnection(address) { Greet = token => ThrowIfOtherAsync(connection!, clusterId, token) };
        return connection;
    }

    private async Task ThrowIfOtherAsync(PachdConnection peer, string expected, CancellationToken cancellationToken)
    {
        var admin = new Admin.API.APIClient(peer.Invoker);
        var cluster = await peer.Calls.AskAsync(
            "say its cluster id", options => admin.InspectClusterAsync(new Empty(), options), cancellationToken).ConfigureAwait(false);
        if (cluster.Id != expected)
        {
            throw new PachdException(
                $"The pachd at {peer.Address} belongs to cluster {cluster.Id}, but the pachd at {publicPort.Address} belongs to cluster {expected}. "
                + "Give the peer port of the same cluster.",
                PachdFailure.NotPachd);
        }
    }

    /// <summary>Whether the port serves the object API. It does if it refuses the call for another reason, such as a missing object store.</summary>
    private static async Task<bool> ServesObjectsAsync(PachdConnection connection, CancellationToken cancellationToken)
    {
        var objects = new ObjectAPI.ObjectAPIClient(connection.Invoker);
        var request = new CheckObjectRequest { Object = new Pfs.Object { Hash = SomeHash } };
        try
        {
            await connection.CallAsync(
                "say whether it serves objects", options => objects.CheckObjectAsync(request, options), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Unimplemented or PachdFailure.Refused or PachdFailure.NotAuthorized)
        {
            return e.Failure is not PachdFailure.Unimplemented;
        }
    }

    private sealed record Found(ObjectAccess Access, PachdConnection? Connection);
}
