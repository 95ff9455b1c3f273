using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Server.Common;

/// <summary>Short ways to name repos, branches and commits.</summary>
internal static class Refs
{
    /// <summary>Where pachd keeps the specs of pipelines.</summary>
    public const string SpecRepo = "__spec__";

    public const string MasterBranch = "master";

    public static Repo Repo(string name) => new() { Name = name };

    public static Branch Branch(string repo, string name) => new() { Repo = Repo(repo), Name = name };

    public static Branch Branch(BranchName branch) => Branch(branch.Repo, branch.Branch);

    public static Commit Commit(string repo, string id) => new() { Repo = Repo(repo), Id = id };

    public static string KeyOf(Branch branch) => $"{branch.Repo.Name}/{branch.Name}";

    /// <summary>How Go's protobuf library prints a branch.</summary>
    public static string Text(this Branch branch) => $"repo:<name:\"{branch.Repo.Name}\" > name:\"{branch.Name}\" ";

    /// <summary>How Go prints a list of branches.</summary>
    public static string Text(this IEnumerable<Branch> branches) => $"[{string.Join(" ", branches.Select(Text))}]";

    /// <summary>The commit of a file. The server uses it and its repo without a check.</summary>
    public static Commit CommitOf(Wire.File? file)
    {
        var commit = ServerCrash.IfNull(ServerCrash.IfNull(file).Commit);
        ServerCrash.IfNull(commit.Repo);
        return commit;
    }
}
