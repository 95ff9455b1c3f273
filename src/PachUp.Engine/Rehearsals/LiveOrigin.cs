using PachUp.Engine.Planning;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk.Platforms;
using PachUp.Verification;

namespace PachUp.Engine.Rehearsals;

/// <summary>Rehearses with the metadata of a running cluster. It only makes calls that read, and reads no content of objects.</summary>
public sealed class LiveOrigin : IRehearsalOrigin
{
    private readonly PeerOffer? _offer;
    private readonly PachdClient _client;
    private readonly TimeProvider _time;

    /// <summary>Creates a connection to the source of a plan. Nothing is sent yet.</summary>
    /// <param name="request">The plan.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="AddressException">The source has no usable address.</exception>
    public LiveOrigin(PlanRequest request, TimeProvider time)
    {
        var source = request.Document.SourceCluster;
        _offer = (request.Catalogue.Platforms.GetValueOrDefault(source.Platform) as IPeerPlatform)?.OfferPeer(source.Settings);
        _client = PachdClient.Create(
            request.Addresses.Resolve(source.Address, source.AddressOrigin).WithPeer(source.Peer, source.PeerOrigin) with { OfferedPeer = _offer });
        _time = time;
    }

    /// <inheritdoc/>
    public string Name => _client.Address.ToString();

    /// <inheritdoc/>
    public async Task<(Release Release, bool IsGuessed)> GetReleaseAsync(CancellationToken cancellationToken) =>
        (await _client.GetReleaseAsync(cancellationToken), false);

    /// <summary>Makes a plan from the real source to the target of the rehearsal, so that checks of the source run on the real source.</summary>
    public async Task<OriginSurvey> SurveyAsync(PlanRequest request, IRehearsalClusters clusters, CancellationToken cancellationToken)
    {
        var listing = TimeSpan.Zero;
        await using var plan = await Planner.PlanAsync(
            request with { Document = request.Document.To(clusters.Target), Platform = clusters.Platform, SourcePeer = _offer, TakeInventory = ListAsync },
            cancellationToken);
        return new OriginSurvey
        {
            ClusterId = plan.Preview.Source.ClusterId!,
            Contents = plan.Preview.Source.Contents!,
            ListingTime = listing,
            Objects = request.Document.CarriesObjects()
                ? await ObjectStatistics.TakeAsync(_client, plan.Preview.Source.Contents!.Bytes, cancellationToken)
                : null,
            Findings = plan.Preview.Findings,
        };

        async Task<ClusterInventory> ListAsync(PachdClient client, CancellationToken token)
        {
            var started = _time.GetTimestamp();
            var inventory = await InventoryReader.ReadAsync(client, new InventoryOptions { FindHeaders = true }, request.Progress.OfInventory(), token);
            listing = _time.GetElapsedTime(started);

            // The source is filled before the checks run, because the target has to find the objects of the source.
            clusters.Fill(inventory, completesSpecs: false);
            return inventory;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
