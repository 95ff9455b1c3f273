namespace PachUp.Rewriting.Streams;

/// <summary>A commit or branch together with its repo.</summary>
/// <param name="Repo">The repo.</param>
/// <param name="Item">The commit or branch.</param>
internal sealed record RepoItem<T>(string Repo, T Item);
