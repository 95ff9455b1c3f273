using System.Runtime.Versioning;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Tests.Plans;
using PachUp.Engine.Yaml;
using PachUp.Testing;

namespace PachUp.Engine.Tests;

/// <summary>Every damaged file of a run, a plan or a plugin is read, or refused with a reason, without side effects.</summary>
[Collection(MutationFuzz.Collection)]
public sealed class FuzzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Damaged_plans() => MutationFuzz.RunAsync(
        [System.Text.Encoding.UTF8.GetBytes(Plans.ShippedPlan.Text)],
        damaged => ReadAsync("plan.yaml", damaged, path => StandInSteps.Loader().LoadFile(path)),
        failure => failure is InvalidPlanException { Mistakes.IsEmpty: false });

    [Theory]
    [InlineData("a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void A_plan_that_grows_or_nests_without_end_is_refused(string text) =>
        Assert.Throws<InvalidPlanException>(() => StandInSteps.Loader().Parse(text, "plan.yaml"));

    [Fact]
    public async Task Damaged_journals()
    {
        var path = _folder.File("journal.jsonl");
        using (var journal = Journal.Open(path, TimeProvider.System))
        {
            journal.Append(JournalEvent.RunStarted, text: "hash");
            journal.Append(JournalEvent.StepStarted, "extract");
            journal.Append(JournalEvent.StepFailed, "extract", "no more room");
            journal.Append(JournalEvent.RunResumed);
        }

        await MutationFuzz.RunAsync(
            [await File.ReadAllBytesAsync(path)],
            damaged => ReadAsync("journal.jsonl", damaged, file => RunState.Of(Journal.Read(file))),
            failure => failure is FormatException);
    }

    [Fact]
    public Task Damaged_assemblies_of_plugins() => MutationFuzz.RunAsync(
        [File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "TestPlugins", "GoodPlugin", "GoodPlugin.dll"))],
        damaged => ReadAsync("Plugin.dll", damaged, AssemblyFacts.TryRead),
        _ => false);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Damaged_folders_of_plugins()
    {
        var folder = TestPlugin.Install("GoodPlugin", _folder.Path);
        var whole = PluginFiles.Read(folder);
        var options = new PluginHostOptions { IsTrusted = files => files.Sha256 == whole.Sha256 };
        string[] names = ["GoodPlugin.dll", "GoodPlugin.deps.json", "odd \u202e\n name", "..dll", new string('n', 200)];
        var number = 0;

        await MutationFuzz.RunAsync(
            [File.ReadAllBytes(Path.Combine(folder, "GoodPlugin.dll")), "{}"u8.ToArray()],
            damaged =>
            {
                var path = Path.Combine(folder, names[number++ % names.Length]);
                var before = File.Exists(path) ? File.ReadAllBytes(path) : null;
                File.WriteAllBytes(path, damaged);
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                var result = PluginHost.Load([], [new PluginFolder(folder, IsExpected: true)], options);
                Assert.Equal(before?.AsSpan().SequenceEqual(damaged) is true ? 0 : 1, result.Problems.Length);
                Restore(path, before);
                return Task.CompletedTask;
            },
            _ => false);
    }

    [Fact]
    public Task Damaged_lists_of_accepted_plugins() => MutationFuzz.RunAsync(
        ["""[{ "name": "A", "sha256": "aa", "since": "2026-01-01T00:00:00Z" }]"""u8.ToArray()],
        damaged => ReadAsync("trust.json", damaged, path => new PluginTrust(path).List()),
        failure => failure is FormatException);

    private static void Restore(string path, byte[]? content)
    {
        if (content is null)
        {
            File.Delete(path);
        }
        else
        {
            File.WriteAllBytes(path, content);
        }
    }

    /// <summary>Reads a damaged file, and asserts that the reader leaves no other file.</summary>
    private async Task ReadAsync<T>(string name, byte[] damaged, Func<string, T> read)
    {
        var path = _folder.File(name);
        await File.WriteAllBytesAsync(path, damaged);
        try
        {
            read(path);
        }
        finally
        {
            Assert.Equal(path, Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Path)));
        }
    }
}
