using PachUp.Engine.Planning;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Rehearsals;

/// <summary>A cluster that answers. Only calls that read are made to it; no content of an object is among what they bring.</summary>
public sealed class LiveOrigin : IRehearsalOrigin
{
    private readonly PeerOffer? _offer;
    private readonly PachdClient _client;
    private readonly TimeProvider _time;

    /// <summary>Makes a connection to the source of a plan; nothing is sent yet.</summary>
    /// <param name="request">The plan.</param>
    /// <param name="time">The time.</param>
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

    /// <summary>Plans between the real source and the target of the stage, so that the checks are asked of the cluster that they are about.</summary>
    public async Task<OriginSurvey> SurveyAsync(PlanRequest request, IRehearsalStage stage, CancellationToken cancellationToken)
    {
        var listing = TimeSpan.Zero;
        await using var plan = await Planner.PlanAsync(
            request with { Document = request.Document.To(stage.Target), Platform = stage.Platform, SourcePeer = _offer, TakeInventory = ListAsync },
            cancellationToken);
        return new OriginSurvey
        {
            ClusterId = plan.Preview.Source.ClusterId!,
            Contents = plan.Preview.Source.Contents!,
            ListingTime = listing,
            Objects = request.Document.CarriesObjects()
                ? await ObjectMeasure.TakeAsync(_client, plan.Preview.Source.Contents!.Bytes, cancellationToken)
                : null,
            Findings = plan.Preview.Findings,
        };

        async Task<ClusterInventory> ListAsync(PachdClient client, CancellationToken token)
        {
            var started = _time.GetTimestamp();
            var inventory = await InventoryReader.ReadAsync(client, new InventoryOptions { FindHeaders = true }, request.Progress, token);
            listing = _time.GetElapsedTime(started);

            // Filled before the checks are asked: the target has to find the objects of the source by then.
            stage.Fill(inventory, completesSpecs: false);
            return inventory;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
