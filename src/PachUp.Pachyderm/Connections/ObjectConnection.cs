using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Wire.Pfs;
using Admin = PachUp.Pachyderm.Wire.Admin;
using Pfs = PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Finds the connection that serves the object API of a cluster, and keeps it: the public port, else the peer port that was given, else the
/// one that a platform offers. A peer port has neither encryption nor access control, so nothing but object calls goes there, no session token,
/// and only to the peer port of the same cluster.
/// </summary>
/// <param name="publicPort">The connection for everything else.</param>
/// <param name="getClusterId">Asks the public port for the id of its cluster.</param>
internal sealed class ObjectConnection(PachdConnection publicPort, Func<CancellationToken, Task<string>> getClusterId) : IDisposable
{
    // Any well-formed hash does, whether or not there is such an object: this is that of an empty one.
    private const string SomeHash =
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

    private readonly SemaphoreSlim _finding = new(1);
    private volatile Found? _found;

    /// <summary>Whether, and through which port, the object API answers.</summary>
    /// <exception cref="PachdException">The cluster does not answer, or the peer port that was given cannot be used.</exception>
    public async Task<ObjectAccess> FindAccessAsync(CancellationToken cancellationToken) =>
        (await FindAsync(cancellationToken).ConfigureAwait(false)).Access;

    /// <summary>The connection that object calls go through.</summary>
    /// <exception cref="PachdException">There is none.</exception>
    public async Task<PachdConnection> GetAsync(CancellationToken cancellationToken)
    {
        var found = await FindAsync(cancellationToken).ConfigureAwait(false);
        return found.Connection ?? throw new PachdException(
            $"The pachd at {publicPort.Address} could not be asked for objects: its object API is {found.Access}. Give its peer port, "
            + "653 in the pod, with --source-peer or --target-peer HOST:PORT.",
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
                    $"The pachd at {peer} keeps its object API closed there too, so this is a public port. The peer port is 653 in the pod.",
                    PachdFailure.ObjectsClosed);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection to the peer port that asks for the id of the cluster before every call: what answers there can change as a forward does.</summary>
    private PachdConnection ConnectTo(ClusterAddress peer, string clusterId)
    {
        var address = peer with { Tls = false, SessionToken = "", TrustedCertificatesPem = "", Patience = publicPort.Address.Patience };
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
                $"The pachd at {peer.Address} is of another cluster than {publicPort.Address}: {cluster.Id}, not {expected}. "
                + "Give the peer port of the same cluster.",
                PachdFailure.NotPachd);
        }
    }

    /// <summary>A refusal for another reason, such as an object store that is not there, comes from a service that is.</summary>
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
