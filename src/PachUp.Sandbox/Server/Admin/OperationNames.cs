using PachUp.Pachyderm;

namespace PachUp.Sandbox.Server.Admin;

/// <summary>Names the items that operations make.</summary>
internal static class OperationNames
{
    public static string Of(Operation operation) => operation.Kind switch
    {
        OperationKind.Repo => $"repo {operation.AsRepo().Repo?.Name}",
        OperationKind.Commit when operation.AsCommit() is var commit => $"commit {commit.Parent?.Repo?.Name}@{commit.ID}",
        OperationKind.Branch when operation.AsBranch() is var branch => $"branch {branch.Branch?.Repo?.Name}@{branch.Branch?.Name}",
        OperationKind.Pipeline => $"pipeline {operation.AsPipeline().Pipeline?.Name}",
        OperationKind.Tag => $"tag of object {operation.AsTag().Object?.Hash}",
        OperationKind.CreateObject => $"object {operation.AsCreateObject().Object?.Hash}",
        var kind => $"{kind.ToString().ToLowerInvariant()}",
    };
}
