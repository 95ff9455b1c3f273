using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests.Connections;

public sealed class ObjectAccessTests
{
    private const string ObjectCall = "/pfs.ObjectAPI/CheckObject";
    private const string ClusterCall = "/admin.API/InspectCluster";
    private static readonly string Hash = new('a', 128);

    [Fact]
    public async Task A_cluster_with_a_public_object_API_is_open_and_its_peer_port_is_not_used()
    {
        await using var cluster = await StartAsync(exposes: true);
        await using var peer = await FakePachd.StartAsync((_, _) => Reply.Of(new Empty()));
        await using var client = PachdClient.Create(cluster.Address with { Peer = peer.Address });

        Assert.Equal(ObjectAccessKind.Open, (await client.FindObjectAccessAsync()).Kind);
        Assert.NotEmpty(await client.ListObjectsAsync().ToListAsync());
        Assert.Empty(peer.Calls);
    }

    [Fact]
    public async Task Without_a_peer_port_objects_of_a_production_cluster_cannot_be_read()
    {
        await using var cluster = await StartAsync();
        await using var client = PachdClient.Create(cluster.Address);

        var refusal = await Assert.ThrowsAsync<PachdException>(() => client.HasObjectAsync(Hash));

        Assert.Equal("closed (no peer port given)", (await client.FindObjectAccessAsync()).ToString());
        Assert.Equal(PachdFailure.ObjectsClosed, refusal.Failure);
        Assert.Contains("--source-peer", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inventory_without_access_to_objects_has_no_counts()
    {
        await using var cluster = await StartAsync();
        await using var client = PachdClient.Create(cluster.Address);

        var inventory = await InventoryReader.ReadAsync(client, new InventoryOptions { CountObjects = true });

        Assert.Equal((null, null), (inventory.Objects, inventory.Tags));
    }

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.7")]
    [InlineData("1.9.12")]
    public async Task Objects_and_tags_are_listed_through_the_peer_port(string release)
    {
        await using var cluster = await StartAsync(release);
        await using var client = PachdClient.Create(cluster.Address with { Peer = cluster.PeerAddress with { Origin = "--source-peer" } });
        await using var direct = PachdClient.Create(cluster.PeerAddress);

        var objects = await client.ListObjectsAsync().ToListAsync();

        Assert.Equal($"closed on the public port, reached through the peer port {cluster.PeerAddress}", (await client.FindObjectAccessAsync()).ToString());
        Assert.NotEmpty(objects);
        Assert.Equal(await direct.ListTagsAsync().CountAsync(), await client.ListTagsAsync().CountAsync());
        Assert.True(await client.HasObjectAsync(objects[0]));
        Assert.True(await client.GetObjectSizeAsync(objects[0]) >= 0);
    }

    [Fact]
    public async Task The_peer_port_gets_only_object_calls_and_cluster_id_calls_and_no_token()
    {
        await using var open = await FakePachd.StartAsync((method, _) => AnswerOf(method, "one", servesObjects: false));
        await using var peer = await FakePachd.StartAsync((method, _) => AnswerOf(method, "one", servesObjects: true));
        await using var client = PachdClient.Create(open.Address with { SessionToken = "secret", Peer = peer.Address with { SessionToken = "secret" } });

        Assert.True(await client.HasObjectAsync(Hash));
        await client.ListReposAsync();

        Assert.Equal([ClusterCall, ObjectCall], peer.Calls.Distinct());
        Assert.False(peer.Headers.ContainsKey("authn-token"));
        Assert.True(open.Headers.ContainsKey("authn-token"));
    }

    [Fact]
    public async Task A_peer_port_of_another_cluster_is_refused_with_both_ids()
    {
        await using var open = await FakePachd.StartAsync((method, _) => AnswerOf(method, "one", servesObjects: false));
        await using var peer = await FakePachd.StartAsync((method, _) => AnswerOf(method, "two", servesObjects: true));
        await using var client = PachdClient.Create(open.Address with { Peer = peer.Address with { Origin = "--source-peer" } });

        var refusal = await Assert.ThrowsAsync<PachdException>(() => client.FindObjectAccessAsync());

        Assert.Contains($"The peer port {peer.Address} (from --source-peer) cannot be used", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("cluster two", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([ClusterCall], peer.Calls);
    }

    [Fact]
    public async Task A_peer_port_that_changes_its_cluster_gets_no_more_object_calls()
    {
        var id = "one";
        await using var open = await FakePachd.StartAsync((method, _) => AnswerOf(method, "one", servesObjects: false));
        await using var peer = await FakePachd.StartAsync((method, _) => AnswerOf(method, id, servesObjects: true));
        await using var client = PachdClient.Create(open.Address with { Peer = peer.Address });
        await client.HasObjectAsync(Hash);
        var before = peer.Calls.Count(call => call == ObjectCall);

        id = "two";

        await Assert.ThrowsAsync<PachdException>(() => client.HasObjectAsync(Hash));
        Assert.Equal(before, peer.Calls.Count(call => call == ObjectCall));
    }

    [Fact]
    public async Task A_peer_port_that_does_not_answer_is_named()
    {
        await using var cluster = await StartAsync();
        var dead = ClusterAddress.ParsePeer("127.0.0.1:1", "--target-peer");
        await using var client = PachdClient.Create(cluster.Address with { Peer = dead });

        var refusal = await Assert.ThrowsAsync<PachdException>(() => client.FindObjectAccessAsync());

        Assert.StartsWith("The peer port 127.0.0.1:1 (from --target-peer) cannot be used.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_port_is_refused_as_a_peer_port()
    {
        await using var cluster = await StartAsync();
        await using var client = PachdClient.Create(cluster.Address with { Peer = cluster.Address });

        var refusal = await Assert.ThrowsAsync<PachdException>(() => client.FindObjectAccessAsync());

        Assert.Contains("it is a public port", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offered_peer_port_is_opened_once_and_only_if_needed()
    {
        await using var closed = await StartAsync();
        await using var exposed = await StartAsync(exposes: true);
        var opened = 0;
        PeerOffer OfferOf(SandboxCluster cluster) => new("a forward", _ =>
        {
            opened++;
            return Task.FromResult(cluster.PeerAddress);
        });

        await using var first = PachdClient.Create(exposed.Address with { OfferedPeer = OfferOf(exposed) });
        await first.FindObjectAccessAsync();
        Assert.Equal(0, opened);

        await using var second = PachdClient.Create(closed.Address with { OfferedPeer = OfferOf(closed) });
        await second.ListReposAsync();
        Assert.Equal(0, opened);
        await second.HasObjectAsync(Hash);
        await second.HasObjectAsync(Hash);
        Assert.Equal(1, opened);
        Assert.Equal("closed on the public port, reached through a forward", (await second.FindObjectAccessAsync()).ToString());
    }

    [Fact]
    public async Task An_offered_peer_port_that_cannot_be_opened_is_reported_and_objects_stay_closed()
    {
        await using var cluster = await StartAsync();
        await using var client = PachdClient.Create(cluster.Address with
        {
            OfferedPeer = new PeerOffer("a forward", _ => throw new AddressException("pods/portforward is not allowed.")),
        });

        Assert.Equal("closed (a forward cannot be opened: pods/portforward is not allowed)", (await client.FindObjectAccessAsync()).ToString());
    }

    [Theory]
    [InlineData("localhost", "it has no port")]
    [InlineData("grpcs://localhost:653", "a peer port is never encrypted")]
    [InlineData("local host:653", "not a host name")]
    [InlineData("localhost:0", "is not a number from 1 to 65535")]
    public void An_invalid_peer_port_is_refused(string text, string why)
    {
        var refusal = Assert.Throws<AddressException>(() => ClusterAddress.ParsePeer(text, "--source-peer"));

        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--source-peer", refusal.Message, StringComparison.Ordinal);
    }

    private static Reply AnswerOf(string method, string clusterId, bool servesObjects) => method switch
    {
        ClusterCall => Reply.Of(new ClusterInfo { Id = clusterId }),
        ObjectCall => servesObjects ? Reply.Of(new CheckObjectResponse { Exists = true }) : Reply.Error(12, "unknown service pfs.ObjectAPI"),
        "/pfs.API/ListRepo" => Reply.Of(new ListRepoResponse()),
        _ => Reply.Of(new Wire.Version.Version { Major = 1, Minor = 8, Micro = 7 }),
    };

    private static Task<SandboxCluster> StartAsync(string release = "1.8.7", bool exposes = false) => SandboxCluster.StartAsync(new SandboxOptions
    {
        Release = Release.Parse(release),
        ExposeObjectApi = exposes,
        Archive = Recordings.Archive($"{release}-world-full"),
    });
}
