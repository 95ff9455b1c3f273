using Google.Protobuf.WellKnownTypes;
using PachUp.Conformance.Comparison;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Tests.Conformance;

public class TickHistoryTests
{
    private const string TickRepo = "ticker_tick";

    [Fact]
    public void Ticks_are_counted_along_their_parents()
    {
        var history = HistoryOf((Tick("a", ""), 1), (Tick("b", "a"), 2), (Tick("c", "b"), 2));

        var made = history.MadeBefore([new BranchInfo { Head = Commit(TickRepo, "b") }], call: 1);

        Assert.Equal((2, false), made[TickRepo]);
    }

    [Fact]
    public void A_commit_that_was_computed_from_a_tick_counts_as_seen_in_the_tick_history()
    {
        var output = new CommitInfo { Commit = Commit("ticker", "out"), Provenance = { new CommitProvenance { Commit = Commit(TickRepo, "b") } } };
        var history = HistoryOf((Tick("a", ""), 1), (Tick("b", "a"), 1), (output, 1));

        var made = history.MadeBefore([new BranchInfo { Head = Commit("ticker", "out") }], call: 1);

        Assert.Equal((2, false), made[TickRepo]);
    }

    [Fact]
    public void A_tick_that_a_recorded_answer_shows_as_open_is_open_in_that_answer_only()
    {
        var open = Tick("a", "");
        open.Finished = null;
        var history = HistoryOf((open, 2), (Tick("a", ""), 3));

        Assert.Equal((1, true), history.MadeBefore([Commit(TickRepo, "a")], call: 1)[TickRepo]);
        Assert.Equal((1, false), history.MadeBefore([Commit(TickRepo, "a")], call: 3)[TickRepo]);
    }

    [Fact]
    public void Ticks_that_were_restored_are_not_made_again()
    {
        var history = HistoryOf((Tick("a", ""), 2), (Tick("b", "a"), 2));
        var commit = new BuildCommitRequest { Parent = Commit(TickRepo, ""), ID = "a" };
        history.LearnRequest(new RestoreRequest { Op = new Op { Op19 = new Op1_9 { Commit = commit } } });

        Assert.Equal((1, false), history.MadeBefore([Commit(TickRepo, "b")], call: 2)[TickRepo]);
    }

    private static TickHistory HistoryOf(params (CommitInfo Message, int Call)[] answers)
    {
        var repos = new VolatileRepos();
        repos.Learn(new PipelineInfo { Pipeline = new Pipeline { Name = "ticker" }, Input = new Input { Cron = new CronInput { Name = "tick" } } });
        var history = new TickHistory(repos);
        foreach (var (message, call) in answers)
        {
            history.LearnAnswer(message, call);
        }

        return history;
    }

    private static CommitInfo Tick(string id, string parent) => new()
    {
        Commit = Commit(TickRepo, id),
        ParentCommit = parent.Length == 0 ? null : Commit(TickRepo, parent),
        Finished = new Timestamp(),
    };

    private static Commit Commit(string repo, string id) => new() { Repo = new Repo { Name = repo }, Id = id };
}
