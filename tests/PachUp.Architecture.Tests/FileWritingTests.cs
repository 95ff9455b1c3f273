using Mono.Cecil;

namespace PachUp.Architecture.Tests;

/// <summary>
/// There is one way to write files: PachUp.Common.Files. What it writes only its owner can read, follows no link, replaces no file of others, and is on
/// disk when it has its name. Everything else may only read.
/// </summary>
public sealed class FileWritingTests
{
    /// <summary>The members with which files can be read and looked at. All others of these types can write, create, rename or delete.</summary>
    private static readonly Dictionary<string, string[]> Reading = new()
    {
        ["System.IO.File"] = ["Exists", "OpenRead", "OpenText", "ReadAllBytes", "ReadAllBytesAsync", "ReadAllText", "ReadAllTextAsync", "ReadAllLines", "ReadLines", "ReadLinesAsync", "GetUnixFileMode", "GetAttributes", "GetLastWriteTimeUtc"],

        // A temporary directory has a name that nobody can guess, and only its owner can enter it.
        ["System.IO.Directory"] = ["Exists", "EnumerateFiles", "EnumerateDirectories", "EnumerateFileSystemEntries", "GetFiles", "GetCurrentDirectory", "CreateTempSubdirectory"],
        ["System.IO.FileInfo"] = [".ctor", "OpenRead", "get_Length", "get_Exists", "get_Name", "get_FullName", "get_DirectoryName"],
        ["System.IO.DirectoryInfo"] = [".ctor", "EnumerateFiles", "EnumerateDirectories", "get_Parent", "get_Exists"],
        ["System.IO.FileSystemInfo"] = ["get_FullName", "get_Name", "get_Exists", "get_LinkTarget", "get_LastWriteTimeUtc", "get_Attributes", "ResolveLinkTarget"],
        ["System.IO.FileStream"] = [],
        ["System.IO.RandomAccess"] = ["Read", "GetLength"],
        ["System.IO.Compression.ZipFile"] = ["OpenRead"],
        ["System.IO.Compression.ZipFileExtensions"] = [],
        ["Mono.Unix.Native.Syscall"] = ["stat", "lstat", "fstat", "geteuid", "getuid"],
    };

    /// <summary>The types that may do more, each for a reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["PachUp.Common.Disks.Disk"] = "It is the one way.",
        ["PachUp.Common.Disks.DiskStream"] = "It is the one way.",
        ["PachUp.Common.Disks.UnixCalls"] = "It is the one way.",
        ["PachUp.Engine.Runs.Records.PluginUse"] = "It keeps files open, so that other processes see that the run has not ended.",
        ["PachUp.Engine.Runs.Locks.MachineLock"] = "All users of the machine share its file, so it is not private.",
        ["PachUp.Commands.Plugins.New.PairTemplate"] = "It writes source code for its user, who may share it, into a new directory.",
        ["PachUp.Sdk.Testing.Environments.TestEnvironment"] = "It makes a temporary directory for a test and deletes it.",
    };

    public static TheoryData<string> Projects => [.. FolderTests.Projects.Select(row => (string)row[0])];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Files_are_written_in_one_way_only(string project)
    {
        var others = WritesOf(project).Where(write => !Exceptions.ContainsKey(write.Type)).Select(write => $"{write.Type} calls {write.Member}").ToList();

        Assert.True(others.Count == 0, string.Join('\n', others));
    }

    [Fact]
    public void Every_exception_is_needed() =>
        Assert.Empty(Exceptions.Keys.Except(FolderTests.Projects.SelectMany(row => WritesOf((string)row[0])).Select(write => write.Type)));

    private static IEnumerable<(string Type, string Member)> WritesOf(string project) => CalledMembers.In(project)
        .Where(call => CanWrite(call.Member))
        .Select(call => (call.Type, $"{call.Member.DeclaringType.Name}.{call.Member.Name}"));

    private static bool CanWrite(MethodReference called) => called.DeclaringType.FullName switch
    {
        "System.IO.StreamWriter" => called.Name == ".ctor" && called.Parameters[0].ParameterType.FullName == "System.String",
        var type => Reading.TryGetValue(type, out var reading) && !reading.Contains(called.Name),
    };
}
