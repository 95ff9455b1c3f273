using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Plugins.Pachyderm19To110.Tests;

/// <summary>1.10 finishes every commit that it restores, so an open commit would arrive finished and empty, and hide the files of its parent.</summary>
public class OpenCommitsTests
{
    [Fact]
    public async Task An_open_commit_is_not_sent_and_its_branch_keeps_the_last_finished_commit()
    {
        var source = RecordedInventory.Of("1.9.12", "20-source-open");
        var open = source.Repos.SelectMany(repo => repo.Commits.Where(commit => commit.IsOpen).Select(commit => (repo.Name, commit.Id))).ToHashSet();
        await using var file = File.OpenRead(Recordings.Archive("1.9.12-open-metadata"));

        var sent = await source.Rewrite(ArchiveReader.ReadAsync(file)).ToListAsync();

        Assert.NotEmpty(open);
        var commits = sent.Where(operation => operation.Kind == OperationKind.Commit).Select(operation => operation.AsCommit()).ToList();
        Assert.DoesNotContain(commits, commit => open.Contains((commit.Parent.Repo.Name, commit.ID)));
        var heads = sent.Where(operation => operation.Kind == OperationKind.Branch).Select(operation => operation.AsBranch().Head).Where(head => head is not null);
        Assert.DoesNotContain(heads, head => open.Contains((head.Repo.Name, head.Id)));
    }

    [Fact]
    public void Each_open_commit_is_announced()
    {
        var source = RecordedInventory.Of("1.9.12", "20-source-open");
        var open = source.Repos.SelectMany(repo => repo.Commits.Where(commit => commit.IsOpen).Select(commit => $"{repo.Name}@{commit.Id}"));

        var changes = source.PredictTarget().Changes;

        Assert.All(open, commit => Assert.Contains(changes, change => change.Item.Name == commit && change.Kind is ChangeKind.LeftOut or ChangeKind.Recomputed));
    }

    [Fact]
    public async Task Finished_commits_are_sent_with_their_times()
    {
        var source = RecordedInventory.Of("1.9.12", "20-source-open");
        await using var file = File.OpenRead(Recordings.Archive("1.9.12-open-metadata"));

        var commits = await source.Rewrite(ArchiveReader.ReadAsync(file))
            .Where(operation => operation.Kind == OperationKind.Commit)
            .Select(operation => operation.AsCommit())
            .Where(commit => commit.Parent.Repo.Name == "images")
            .ToListAsync();

        Assert.NotEmpty(commits);
        Assert.All(commits, commit => Assert.Equal(source.FindRepo("images")!.FindCommit(commit.ID)!.Finished, commit.Finished.ToDateTimeOffset()));
    }
}
