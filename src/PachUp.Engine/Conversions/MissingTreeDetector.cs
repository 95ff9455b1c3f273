using System.Collections.Immutable;
using System.Security.Cryptography;
using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Conversions;

/// <summary>
/// Finds commits whose tree is missing from a stream of operations. An extract is not a snapshot: it can contain a commit that was created during
/// the extract but not the objects of that commit. A restore fails there.
/// </summary>
/// <param name="expected">The commits that the stream has to contain.</param>
internal sealed class MissingTreeDetector(ClusterInventory expected) : IDisposable
{
    private readonly Dictionary<string, string> _missing = expected.Repos
        .SelectMany(repo => repo.Commits.SelectMany(commit => TreesOf(commit).Select(tree => (Tree: tree, Commit: $"{repo.Name}@{commit.Id}"))))
        .DistinctBy(tree => tree.Tree)
        .ToDictionary(tree => tree.Tree, tree => tree.Commit);

    private readonly IncrementalHash _content = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);

    /// <summary>Looks at the next operation. An object is identified by the SHA-512 of its content.</summary>
    public void Add(Operation operation)
    {
        if (operation.Kind == OperationKind.Object)
        {
            var value = operation.ReadValue();
            _content.AppendData(value.Span);
            if (value.IsEmpty)
            {
                _missing.Remove(Convert.ToHexStringLower(_content.GetHashAndReset()));
            }
        }
        else if (operation.Kind == OperationKind.CreateObject)
        {
            _missing.Remove(operation.AsCreateObject().Object?.Hash ?? "");
        }
    }

    /// <summary>Call this after the last operation.</summary>
    /// <exception cref="StepFailedException">A tree is missing.</exception>
    public void ThrowIfMissing()
    {
        if (_missing.Count > 0)
        {
            throw StepFailedException.Refused(
                $"the archive lacks the files of {Words.Count(_missing.Count, "commit")}, created during the extract: "
                    + Words.FirstOf([.. _missing.Values]),
                "Stop all writers and all pipelines, cron pipelines too, and extract again. Or migrate with \"pachup apply\", which stops the pipelines itself.");
        }
    }

    public void Dispose() => _content.Dispose();

    private static ImmutableArray<string> TreesOf(CommitInventory commit) => commit.Tree is { } tree ? [tree] : commit.Trees;
}
