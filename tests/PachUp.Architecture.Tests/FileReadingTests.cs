namespace PachUp.Architecture.Tests;

/// <summary>
/// What a run depends on is read in one way, PachUp.Common.Files.ReadFile: a failure names the file and the cause, and tests make each read fail.
/// </summary>
public sealed class FileReadingTests
{
    private static readonly string[] ReadingMembers = ["OpenRead", "OpenText", "ReadAllBytes", "ReadAllBytesAsync", "ReadAllText", "ReadAllTextAsync", "ReadAllLines", "ReadLines", "ReadLinesAsync"];

    /// <summary>The types that read in other ways, each for a reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["PachUp.Pachyderm.Connections.AddressResolver"] = "It reads certificates, which are not files of a run.",
        ["PachUp.Pachyderm.Connections.PachConfig"] = "It reads the settings of pachctl.",
        ["PachUp.Engine.Plans.Reading.SecretReader"] = "It reads a secret of the user, at the beginning of each command.",
        ["PachUp.Engine.Plans.Reading.ShippedPlanReader"] = "It reads a plan of the tool itself.",
        ["PachUp.Engine.Settings.UserSettings"] = "It reads the settings of the user, at the beginning of each command.",
        ["PachUp.Engine.Plugins.Assemblies.AssemblyFacts"] = "It reads a plugin, at the beginning of each command.",
        ["PachUp.Engine.Plugins.Assemblies.PluginFiles"] = "It reads a plugin, at the beginning of each command.",
        ["PachUp.Engine.Runs.Records.PluginUse"] = "It keeps files open, so that other processes see that the run has not ended.",
        ["PachUp.Engine.Runs.Locks.MachineLock"] = "It reads the file that it holds.",
    };

    private static readonly string[] Readers = ["PachUp.Pachyderm", "PachUp.Verification", "PachUp.Engine", "PachUp.Steps"];

    public static TheoryData<string> Projects => [.. Readers];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Files_of_runs_and_archives_are_read_in_one_way_only(string project)
    {
        var others = ReadsOf(project).Where(read => !Exceptions.ContainsKey(read.Type)).Select(read => $"{read.Type} calls {read.Member}").ToList();

        Assert.True(others.Count == 0, string.Join('\n', others));
    }

    [Fact]
    public void Every_exception_is_needed() =>
        Assert.Empty(Exceptions.Keys.Except(Readers.SelectMany(ReadsOf).Select(read => read.Type)));

    private static IEnumerable<(string Type, string Member)> ReadsOf(string project) => CalledMembers.In(project)
        .Where(call => call.Member.DeclaringType.FullName switch
        {
            "System.IO.File" or "System.IO.FileInfo" => ReadingMembers.Contains(call.Member.Name),
            "System.IO.FileStream" => call.Member.Name == ".ctor",
            "System.IO.StreamReader" => call.Member.Name == ".ctor" && call.Member.Parameters[0].ParameterType.FullName == "System.String",
            _ => false,
        })
        .Select(call => (call.Type, $"{call.Member.DeclaringType.Name}.{call.Member.Name}"));
}
