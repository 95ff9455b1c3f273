using Google.Protobuf;
using Grpc.Core;
using PachUp.Conformance.Mapping;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Tests.Conformance;

public class RequestRewriterTests
{
    private const string Recorded = "7ec056fc224c4b7a936cdc1ff9a42294";
    private const string Replayed = "af97da092cfe4eb0aee75ff27be65fd7";

    private readonly ValueMap _map = new();

    [Fact]
    public void Ids_of_the_recorded_server_become_those_of_the_sandbox()
    {
        _map.TryPair(TokenKind.Id, Recorded, Replayed);

        var rewritten = new RequestRewriter(_map).Rewrite(Inspect(Recorded), out var unknown);

        Assert.Equal(new InspectCommitRequest { Commit = new Commit { Id = Replayed }, BlockState = CommitState.Finished }, InspectCommitRequest.Parser.ParseFrom(rewritten[0]));
        Assert.Null(unknown);
    }

    [Fact]
    public void An_id_that_the_client_chose_is_not_replaced()
    {
        var rewritten = new RequestRewriter(_map).Rewrite(Inspect(Recorded), out var unknown);

        Assert.Equal(Recorded, InspectCommitRequest.Parser.ParseFrom(rewritten[0]).Commit.Id);
        Assert.Null(unknown);
    }

    [Fact]
    public void An_id_that_only_the_recorded_server_gave_is_reported()
    {
        var rewriter = new RequestRewriter(_map);
        rewriter.NoteAnswer(new RecordedCall(1, "/pfs.API/StartCommit", [[]], [new Commit { Id = Recorded }.ToByteArray()], StatusCode.OK, ""));

        rewriter.Rewrite(Inspect(Recorded), out var unknown);

        Assert.Equal(Recorded, unknown);
    }

    private static RecordedCall Inspect(string id)
    {
        var request = new InspectCommitRequest { Commit = new Commit { Id = id }, BlockState = CommitState.Finished };
        return new RecordedCall(1, "/pfs.API/InspectCommit", [request.ToByteArray()], [], StatusCode.OK, "");
    }
}
