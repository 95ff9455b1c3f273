namespace PachUp.Pachyderm.Inventories;

/// <summary>One file that was read end to end, so that verification can read it again elsewhere.</summary>
/// <param name="Repo">The repo.</param>
/// <param name="Branch">The branch whose head was read.</param>
/// <param name="Commit">The id of that head.</param>
/// <param name="Path">The file's path, from <c>/</c>.</param>
/// <param name="SizeBytes">How many bytes came.</param>
/// <param name="Sha256">SHA-256 of the bytes, in lower-case hex digits.</param>
public sealed record FileProbe(string Repo, string Branch, string Commit, string Path, long SizeBytes, string Sha256);
