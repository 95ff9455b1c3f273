namespace PachUp.Pachyderm.Inventories;

/// <summary>A file that was read completely, so that the verification can read it again on the target.</summary>
/// <param name="Repo">The repo.</param>
/// <param name="Branch">The branch whose head was read.</param>
/// <param name="Commit">The id of that head.</param>
/// <param name="Path">The path of the file, from <c>/</c>.</param>
/// <param name="SizeBytes">The number of bytes.</param>
/// <param name="Sha256">The SHA-256 of the bytes, in lower-case hex digits.</param>
public sealed record FileProbe(string Repo, string Branch, string Commit, string Path, long SizeBytes, string Sha256);
