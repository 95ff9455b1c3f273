using System.Collections.Concurrent;
using PachUp.EndToEnd.Tests.CommandLine;

namespace PachUp.EndToEnd.Tests.EnvironmentFaults;

/// <summary>
/// Every command with every fault of its environment: it does the same as without the fault, or says what is wrong. <c>PACHUP_ENVIRONMENT=all</c> runs all
/// pairs; otherwise each command and each fault takes part.
/// </summary>
public sealed class EnvironmentFaultTests : IDisposable
{
    private const string Setting = "PACHUP_ENVIRONMENT";

    private static readonly ConcurrentDictionary<string, Task<int>> ExitCodes = new();

    private readonly Tool _tool = new();

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var (command, fault) in Environment.GetEnvironmentVariable(Setting) == "all" ? AllPairs : SomePairs)
            {
                pairs.Add(string.Join(' ', CheapCommands.All[command]), EnvironmentFault.All[fault].Name);
            }

            return pairs;
        }
    }

    private static IEnumerable<(int Command, int Fault)> AllPairs =>
        from command in Enumerable.Range(0, CheapCommands.All.Count)
        from fault in Enumerable.Range(0, EnvironmentFault.All.Count)
        select (command, fault);

    private static IEnumerable<(int Command, int Fault)> SomePairs =>
        from number in Enumerable.Range(0, Math.Max(CheapCommands.All.Count, EnvironmentFault.All.Count))
        select (number % CheapCommands.All.Count, number % EnvironmentFault.All.Count);

    public void Dispose() => _tool.Dispose();

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_command_works_or_says_what_is_wrong(string command, string fault)
    {
        var (arguments, found) = (command.Split(' '), EnvironmentFault.All.Single(known => known.Name == fault));
        var usual = await ExitCodes.GetOrAdd(command, _ => ExitCodeOfAsync(arguments));

        var outcome = await _tool.RunInShellAsync(found.Preparation, arguments).WaitAsync(TimeSpan.FromMinutes(3));

        Assert.DoesNotContain("internal error", outcome.Talk, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", outcome.Talk, StringComparison.Ordinal);
        AssertPrivate(arguments);
        if (outcome.ExitCode == usual)
        {
            outcome.Expect(usual);
            Assert.True(usual == 0 || !found.CanSay || outcome.Talk.Length + outcome.Answer.Length > 0, "a failure without a message");
            return;
        }

        Assert.True(found.Says is not null, $"exit code {outcome.ExitCode}, usually {usual}\n{outcome.Answer}\n{outcome.Talk}");
        Assert.Contains(outcome.ExitCode, found.ExitCodes);
        outcome.Expect(outcome.ExitCode).Says(found.Says!);
    }

    private static async Task<int> ExitCodeOfAsync(string[] arguments)
    {
        using var tool = new Tool();
        return (await tool.RunAsync(arguments)).ExitCode;
    }

    /// <summary>Whatever the umask is, files with data of a cluster can be read only by their owner. The source of a new plugin is no such file.</summary>
    private void AssertPrivate(string[] arguments)
    {
        if (OperatingSystem.IsWindows() || arguments is ["plugin", "new", ..])
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(_tool.WorkingDirectory, "*", SearchOption.AllDirectories).Where(HasDataOfCluster))
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    private static bool HasDataOfCluster(string path) => path.Contains(".pachx", StringComparison.Ordinal) || path.Contains("/.pachup/", StringComparison.Ordinal);
}
