using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Auth;
using PachUp.Sdk;
using PachUp.Steps.Checks;
using PachUp.Testing;
using static PachUp.Testing.Inventories;
using Enterprise = PachUp.Pachyderm.Wire.Enterprise;
using Version = PachUp.Pachyderm.Wire.Version;

namespace PachUp.Steps.Tests.Checks;

/// <summary>What is asked of a server about access; no sandbox has it switched on.</summary>
public class AccessCheckTests
{
    [Fact]
    public async Task Admins_and_rights_are_named_one_by_one()
    {
        var result = await AskAsync(new AuthCheck(), method => method switch
        {
            "/auth.API/WhoAmI" => Reply.Of(new WhoAmIResponse { Username = "github:alice", IsAdmin = true }),
            "/auth.API/GetAdmins" => Reply.Of(new GetAdminsResponse { Admins = { "robot:ci", "github:alice" } }),
            "/auth.API/GetACL" => Reply.Of(new GetACLResponse
            {
                Entries = { new ACLEntry { Username = "github:bob", Scope = Scope.Reader } },
                RobotEntries = { new ACLEntry { Username = "robot:ci", Scope = Scope.Owner } },
            }),
            _ => null,
        });

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Contains("github:alice", result.Found, StringComparison.Ordinal);
        Assert.Equal(
            ["admin github:alice", "admin robot:ci", "repo images: github:bob is reader", "repo images: robot:ci is owner"],
            result.Items.AsEnumerable());
    }

    [Fact]
    public async Task Access_control_that_is_off_passes()
    {
        var result = await AskAsync(new AuthCheck(), method => method == "/auth.API/WhoAmI" ? Reply.Error(12, "the auth service is not activated") : null);

        Assert.Equal(CheckOutcome.Passed, result.Outcome);
    }

    [Fact]
    public async Task Enterprise_features_that_are_active_are_told_with_their_end()
    {
        var end = new DateTimeOffset(2020, 2, 3, 0, 0, 0, TimeSpan.Zero);

        var result = await AskAsync(new EnterpriseCheck(), method => method == "/enterprise.API/GetState"
            ? Reply.Of(new Enterprise.GetStateResponse { State = Enterprise.State.Active, Info = new Enterprise.TokenInfo { Expires = Timestamp.FromDateTimeOffset(end) } })
            : null);

        Assert.Equal((CheckOutcome.Warning, "the enterprise features are active on the source until 2020-02-03"), (result.Outcome, result.Found));
    }

    [Theory]
    [InlineData(Enterprise.State.None)]
    [InlineData(Enterprise.State.Expired)]
    public async Task Enterprise_features_that_are_not_active_pass(Enterprise.State state)
    {
        var result = await AskAsync(new EnterpriseCheck(), method => method == "/enterprise.API/GetState" ? Reply.Of(new Enterprise.GetStateResponse { State = state }) : null);

        Assert.Equal(CheckOutcome.Passed, result.Outcome);
    }

    private static async Task<CheckResult> AskAsync(ICheck check, Func<string, Reply?> answer)
    {
        await using var server = await FakePachd.StartAsync((method, _) => method == "/versionpb.API/GetVersion"
            ? Reply.Of(new Version.Version { Major = 1, Minor = 8, Micro = 8 })
            : answer(method) ?? throw new InvalidOperationException($"nobody should ask {method}"));
        await using var client = PachdClient.Create(server.Address);
        return await check.AskAsync(AskedContext.Of(Of(Repo("images"))) with { Server = client }, CancellationToken.None);
    }
}
