using System.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Testing;

/// <summary>Streams as text for snapshots: one operation per line, hashes shortened.</summary>
public static class StreamText
{
    private const int ShownDigits = 8;

    public static async Task<string> OfAsync(IAsyncEnumerable<Operation> operations)
    {
        var text = new StringBuilder();
        await foreach (var operation in operations)
        {
            text.Append(operation.Generation.ToLineText()).Append(' ').Append(Describe(operation)).Append('\n');
        }

        return text.ToString();
    }

    private static string Describe(Operation operation) => operation.Kind switch
    {
        OperationKind.Object => $"object {operation.ReadValue().Length} bytes",
        OperationKind.Tag => $"tag for {Short(operation.AsTag().Object.Hash)}",
        OperationKind.Repo => $"repo {operation.AsRepo().Repo.Name}{Quoted(operation.AsRepo().Description)}",
        OperationKind.Pipeline => $"pipeline {operation.AsPipeline()}",
        OperationKind.Commit => Describe(operation.AsCommit()),
        OperationKind.Branch => Describe(operation.AsBranch()),
        _ => operation.Kind.ToString(),
    };

    private static string Describe(BuildCommitRequest commit) => Join(
        $"commit {commit.Parent.Repo.Name}@{Short(commit.ID)}",
        commit.Parent.Id.Length > 0 ? $"parent {Short(commit.Parent.Id)}" : "",
        commit.Branch.Length > 0 ? $"on {commit.Branch}" : "",
        commit.Tree is { } tree ? $"tree {Short(tree.Hash)}" : "",
        commit.Trees.Count > 0 ? $"trees {string.Join(' ', commit.Trees.Select(part => Short(part.Hash)))}" : "",
        commit.Datums is { } datums ? $"datums {Short(datums.Hash)}" : "",
        commit.SizeBytes > 0 ? $"size {commit.SizeBytes}" : "",
        commit.Provenance.Count > 0 ? $"from {string.Join(' ', commit.Provenance.Select(origin => $"{origin.Commit.Repo.Name}@{Short(origin.Commit.Id)} on {origin.Branch.Name}"))}" : "");

    private static string Describe(CreateBranchRequest branch) => Join(
        $"branch {branch.Branch.Repo.Name}@{branch.Branch.Name}",
        branch.Head is { } head ? $"head {Short(head.Id)}" : "",
        branch.Provenance.Count > 0 ? $"from {string.Join(' ', branch.Provenance.Select(origin => $"{origin.Repo.Name}@{origin.Name}"))}" : "");

    private static string Join(params IEnumerable<string> parts) => string.Join(", ", parts.Where(part => part.Length > 0));

    private static string Quoted(string text) => text.Length > 0 ? $" \"{text}\"" : "";

    private static string Short(string hash) => hash.Length > ShownDigits ? hash[..ShownDigits] : hash;
}
