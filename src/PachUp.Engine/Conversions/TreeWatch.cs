using System.Collections.Immutable;
using System.Security.Cryptography;
using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Conversions;

/// <summary>
/// Watches a stream go by for the trees of the commits that are to arrive. An extract is no snapshot: commits that came in while it ran can be in
/// it without their objects, and a restore stops there.
/// </summary>
/// <param name="expected">What is to arrive.</param>
internal sealed class TreeWatch(ClusterInventory expected) : IDisposable
{
    private readonly Dictionary<string, string> _missing = expected.Repos
        .SelectMany(repo => repo.Commits.SelectMany(commit => TreesOf(commit).Select(tree => (Tree: tree, Commit: $"{repo.Name}@{commit.Id}"))))
        .DistinctBy(tree => tree.Tree)
        .ToDictionary(tree => tree.Tree, tree => tree.Commit);

    private readonly IncrementalHash _content = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);

    /// <summary>Sees one operation. An object is known by the SHA-512 of its content.</summary>
    public void See(Operation operation)
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

    /// <summary>Says that no operation follows.</summary>
    /// <exception cref="StepFailedException">A tree did not come by.</exception>
    public void ThrowIfMissing()
    {
        if (_missing.Count > 0)
        {
            throw StepFailedException.Refused(
                $"the archive lacks the files of {Words.Count(_missing.Count, "commit")}, which came in while it was extracted: "
                    + Words.FirstOf([.. _missing.Values]),
                "Extract again while nobody writes and all pipelines are stopped, cron ones too, or migrate with \"pachup apply\", which sees to it.");
        }
    }

    public void Dispose() => _content.Dispose();

    private static ImmutableArray<string> TreesOf(CommitInventory commit) => commit.Tree is { } tree ? [tree] : commit.Trees;
}
