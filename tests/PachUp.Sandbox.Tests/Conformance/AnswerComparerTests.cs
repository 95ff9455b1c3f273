using Google.Protobuf;
using Grpc.Core;
using PachUp.Conformance.Comparison;
using PachUp.Conformance.Mapping;
using PachUp.Conformance.Replay;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Testing;

namespace PachUp.Sandbox.Tests.Conformance;

public class AnswerComparerTests
{
    private const string OneId = "7ec056fc224c4b7a936cdc1ff9a42294";
    private const string AnotherId = "af97da092cfe4eb0aee75ff27be65fd7";

    public static TheoryData<string> RecordedReleases { get; } = [.. SandboxReleases.All.Select(release => release.ToString())];

    [Theory]
    [MemberData(nameof(RecordedReleases))]
    public void Every_recorded_answer_is_equal_to_itself(string release)
    {
        var transcripts = new TranscriptSet(Recordings.Transcripts(release), Release.Parse(release), library: "", made: "").Asked.ToList();

        var differences =
            from transcript in transcripts
            let comparer = new AnswerComparer(Release.Parse(release), new ValueMap(), new VolatileRepos())
            from call in transcript.ReadCalls()
            from difference in comparer.Compare(call, new Answer(call.Responses, call.Code, call.Message))
            select $"{transcript.Scenario.Name} {call.Sequence}: {difference}";

        Assert.NotEmpty(transcripts);
        Assert.Empty(differences);
    }

    [Fact]
    public void An_id_that_occurs_twice_must_be_the_same_id_both_times()
    {
        var comparer = new AnswerComparer(new Release(1, 8, 7), new ValueMap(), new VolatileRepos());
        var recorded = Call("/pfs.API/StartCommit", new Commit { Id = OneId });

        var first = comparer.Compare(recorded, AnswerOf(new Commit { Id = AnotherId }));
        var second = comparer.Compare(recorded, AnswerOf(new Commit { Id = OneId }));

        Assert.Empty(first);
        var difference = Assert.Single(second);
        Assert.Equal($"response[0].id: expected \"{OneId}\", got \"{OneId}\"", difference.ToString());
    }

    [Fact]
    public void Two_recorded_ids_must_not_become_one()
    {
        var comparer = new AnswerComparer(new Release(1, 8, 7), new ValueMap(), new VolatileRepos());
        var answer = AnswerOf(new Commit { Id = AnotherId });

        var first = comparer.Compare(Call("/pfs.API/StartCommit", new Commit { Id = OneId }), answer);
        var second = comparer.Compare(Call("/pfs.API/StartCommit", new Commit { Id = AnotherId }), answer);

        Assert.Empty(first);
        Assert.Single(second);
    }

    [Fact]
    public void Error_texts_are_equal_if_only_their_ids_differ()
    {
        var comparer = new AnswerComparer(new Release(1, 8, 7), new ValueMap(), new VolatileRepos());
        var recorded = new RecordedCall(1, "/pfs.API/InspectCommit", [[]], [], StatusCode.Unknown, $"commit {OneId} not found");

        var renamed = comparer.Compare(recorded, new Answer([], StatusCode.Unknown, $"commit {AnotherId} not found"));
        var reworded = comparer.Compare(recorded, new Answer([], StatusCode.Unknown, $"no commit {AnotherId}"));

        Assert.Empty(renamed);
        Assert.Equal("message", Assert.Single(reworded).Path);
    }

    [Fact]
    public void Provenance_may_be_in_another_order_and_commits_may_not()
    {
        var images = new Branch { Name = "master", Repo = new Repo { Name = "images" } };
        var labels = new Branch { Name = "master", Repo = new Repo { Name = "labels" } };
        var comparer = new AnswerComparer(new Release(1, 9, 0), new ValueMap(), new VolatileRepos());
        var branch = Call("/pfs.API/InspectBranch", new BranchInfo { Provenance = { images, labels } });
        var branches = Call("/pfs.API/ListBranch", new BranchInfos { BranchInfo = { new BranchInfo { Branch = images }, new BranchInfo { Branch = labels } } });

        var provenance = comparer.Compare(branch, AnswerOf(new BranchInfo { Provenance = { labels, images } }));
        var listing = comparer.Compare(
            branches, AnswerOf(new BranchInfos { BranchInfo = { new BranchInfo { Branch = labels }, new BranchInfo { Branch = images } } }));

        Assert.Empty(provenance);
        Assert.NotEmpty(listing);
    }

    [Fact]
    public void Hashes_of_trees_are_the_same_in_every_run_except_for_trees_of_specs()
    {
        var comparer = new AnswerComparer(new Release(1, 8, 7), new ValueMap(), new VolatileRepos());

        var spec = comparer.Compare(Call("/pfs.API/InspectCommit", CommitWithTree("__spec__", 'a')), AnswerOf(CommitWithTree("__spec__", 'b')));
        var images = comparer.Compare(Call("/pfs.API/InspectCommit", CommitWithTree("images", 'c')), AnswerOf(CommitWithTree("images", 'd')));

        Assert.Empty(spec);
        Assert.Equal("response[0].tree.hash", Assert.Single(images).Path);
    }

    private static CommitInfo CommitWithTree(string repo, char digit) =>
        new() { Commit = new Commit { Repo = new Repo { Name = repo } }, Tree = new Pachyderm.Wire.Pfs.Object { Hash = new string(digit, 128) } };

    private static RecordedCall Call(string method, IMessage response) => new(1, method, [[]], [response.ToByteArray()], StatusCode.OK, "");

    private static Answer AnswerOf(IMessage response) => new([response.ToByteArray()], StatusCode.OK, "");
}
