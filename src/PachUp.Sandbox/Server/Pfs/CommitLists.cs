using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Lists commits.</summary>
internal sealed class CommitLists(Pachd pachd, CommitResolver resolver)
{
    /// <summary>The commits that a request asks for, newest first, and the error that ends the list.</summary>
    public (IReadOnlyList<CommitInfo> Commits, PachdError? Error) List(ListCommitRequest request)
    {
        var repo = (request.Repo ?? (pachd.Traits.ChecksRequests ? throw new PachdError("repo cannot be nil") : throw new ServerCrash())).Name;
        return pachd.Metadata.InTransaction(() => List(request, repo));
    }

    private (IReadOnlyList<CommitInfo> Commits, PachdError? Error) List(ListCommitRequest request, string repo)
    {
        if ((request.From is { } f && f.Repo.Name != repo) || (request.To is { } t && t.Repo.Name != repo))
            throw new PachdError($"`from` and `to` commits need to be from repo {repo}");

        if (repo.Length > 0 || !pachd.Traits.ListsOfAllRepos)
            pachd.Metadata.Repos.Inspect(repo);

        var from = request.From is null ? null : resolver.ResolveId(request.From);
        if (request.To is null)
            return from is null ? AllOf(repo, request) : throw new PachdError("cannot use `from` commit without `to` commit");

        if (request.Reverse)
            throw new PachdError("cannot use 'Reverse' while also using 'From' or 'To'");

        return TryResolve(request.To) is { } to ? (Line(from, to, LimitOf(request)), null) : ([], null);
    }

    private static int LimitOf(ListCommitRequest request) => request.Number is 0 or > int.MaxValue ? int.MaxValue : (int)request.Number;

    private Commit? TryResolve(Commit commit)
    {
        try
        {
            return resolver.ResolveId(commit);
        }
        catch (NoHeadError)
        {
            return null;
        }
    }

    private (IReadOnlyList<CommitInfo> Commits, PachdError? Error) AllOf(string repo, ListCommitRequest request)
    {
        var commits = repo.Length == 0 && pachd.Traits.ListsOfAllRepos ? pachd.Metadata.CommitsOfAllRepos() : pachd.Metadata.Commits(repo).List();
        var newestFirst = commits.OrderByDescending(commit => commit.Created);
        var ordered = pachd.Traits.ListsOfAllRepos ? newestFirst.ThenByDescending(commit => commit.Value.Provenance.Count) : newestFirst;
        var listed = ordered.Select(commit => commit.Value);
        var limit = LimitOf(request);

        // Late releases stop a limited list with an internal signal, and send that signal to the client as an error.
        var error = pachd.Traits.LeaksBreak && commits.Count > limit ? new PachdError("BREAK") : null;
        return ([.. (request.Reverse ? listed.Reverse() : listed).Take(limit)], error);
    }

    private List<CommitInfo> Line(Commit? from, Commit to, int limit)
    {
        var line = new List<CommitInfo>();
        for (Commit? at = to; at is not null && at.Id != from?.Id && line.Count < limit; at = line[^1].ParentCommit)
        {
            line.Add(pachd.Metadata.Commits(at.Repo.Name).Inspect(at.Id));
        }

        return line;
    }
}
