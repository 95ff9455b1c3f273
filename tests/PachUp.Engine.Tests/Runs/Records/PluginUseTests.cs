using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Runs.Records;

public sealed class PluginUseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PluginUseTests()
    {
        Directory.CreateDirectory(Path.Combine(Plugins, "Acme"));
        File.WriteAllText(Path.Combine(Plugins, "Acme", "Acme.dll"), "code");
        Directory.CreateDirectory(Run.Path);
    }

    private string Plugins => _folder.File("plugins");

    private RunDirectory Run => new("the-run", _folder.File("run"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_plugin_is_in_use_while_a_process_works_on_the_run()
    {
        using var use = PluginUse.Begin(Run, [Acme()]);

        var user = FindUser("Acme");

        Assert.Equal(("the-run", Run.Path, true), (user!.Run, user.RunDirectory, user.IsRunning));
    }

    [Fact]
    public void A_plugin_id_may_differ_in_case()
    {
        using var use = PluginUse.Begin(Run, [Acme()]);

        Assert.NotNull(FindUser("ACME"));
    }

    [Fact]
    public void Other_plugins_in_the_folder_are_not_in_use()
    {
        using var use = PluginUse.Begin(Run, [Acme()]);

        Assert.Null(FindUser("Other"));
    }

    [Fact]
    public void A_run_that_can_be_resumed_keeps_its_plugins_in_use_after_its_process_has_ended()
    {
        Journaled(JournalEvent.RunStarted, JournalEvent.StepStarted);
        PluginUse.Begin(Run, [Acme()]).Dispose();

        Assert.False(FindUser("Acme")!.IsRunning);
    }

    [Theory]
    [InlineData(JournalEvent.RunDone)]
    [InlineData(JournalEvent.RollbackDone)]
    public void A_finished_or_rolled_back_run_releases_its_plugins(JournalEvent last)
    {
        Journaled(JournalEvent.RunStarted, last);
        PluginUse.Begin(Run, [Acme()]).Dispose();

        Assert.Null(FindUser("Acme"));
    }

    [Fact]
    public void A_run_with_a_removed_directory_releases_its_plugins()
    {
        Journaled(JournalEvent.RunStarted);
        PluginUse.Begin(Run, [Acme()]).Dispose();

        Directory.Delete(Run.Path, recursive: true);

        Assert.Null(FindUser("Acme"));
    }

    [Fact]
    public void A_registration_damaged_by_a_crash_is_removed()
    {
        PluginUse.Begin(Run, [Acme()]).Dispose();
        var note = Directory.CreateDirectory(Path.Combine(Plugins, PluginStore.WorkFolder, PluginStore.UsersFolder)).FullName;
        File.WriteAllText(Path.Combine(note, "torn.json"), "{");

        Assert.Null(FindUser("Acme"));
        Assert.Empty(Directory.EnumerateFiles(note));
    }

    [Fact]
    public void A_plugin_that_changed_after_loading_stops_the_run_before_its_start()
    {
        var loaded = Acme();
        File.WriteAllText(Path.Combine(Plugins, "Acme", "Acme.dll"), "other code");

        var refusal = Assert.Throws<PluginException>(() => PluginUse.Begin(Run, [loaded]));

        Assert.Equal("The plugin Acme was changed after it was loaded.", refusal.Message);
        Assert.Null(FindUser("Acme"));
    }

    [Fact]
    public void A_plugin_of_the_tool_is_not_registered()
    {
        using var use = PluginUse.Begin(Run, [Acme() with { Package = null }]);

        Assert.Null(FindUser("Acme"));
    }

    private PluginUser? FindUser(string id) => PluginUse.Users.FindUserOf(id, Plugins);

    private void Journaled(params JournalEvent[] events)
    {
        using var journal = Journal.Open(Run.File(RunFiles.Journal), TimeProvider.System);
        foreach (var journalEvent in events)
        {
            journal.Append(journalEvent, journalEvent == JournalEvent.StepStarted ? "one" : "");
        }
    }

    private LoadedPlugin Acme() => new()
    {
        Name = "Acme",
        Version = "1.0.0",
        Path = Path.Combine(Plugins, "Acme", "Acme.dll"),
        Files = PluginFiles.Read(Path.Combine(Plugins, "Acme")),
        Package = new InstalledPlugin
        {
            Id = "Acme",
            Version = "1.0.0",
            Sha512 = "",
            FilesSha256 = "",
            Source = "a feed",
            Signature = "not signed",
            Installed = DateTimeOffset.UnixEpoch,
        },
        Steps = [],
        Checks = [],
        Routes = [],
        Platforms = [],
    };
}
