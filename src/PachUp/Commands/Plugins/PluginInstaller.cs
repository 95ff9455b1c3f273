using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;
using PachUp.Model;
using PachUp.Packages;

namespace PachUp.Commands.Plugins;

/// <summary>Installs one plugin: downloads it, shows it, asks the user, tests that it can be loaded, and installs it.</summary>
/// <param name="store">The folder of plugins.</param>
/// <param name="packages">Where packages come from.</param>
/// <param name="consent">Asks the user.</param>
/// <param name="terminal">Receives messages.</param>
internal sealed class PluginInstaller(PluginStore store, PluginPackages packages, Consent consent, Terminal terminal)
{
    /// <summary>The format of the answer: a program gets only the final answer.</summary>
    public required bool IsQuiet { get; init; }

    /// <summary>Installs it.</summary>
    /// <returns>The installed plugin; null if the user said no.</returns>
    public async Task<InstallDocument?> RunAsync(string id, VersionRequest wanted, CancellationToken cancellationToken)
    {
        var before = store.Lock.Find(id);
        if (before is not null)
        {
            store.ThrowIfUsed(before.Id);
        }

        using var prepared = await WorkDisplay.ShowAsync(
            terminal, progress => packages.PrepareAsync(store, id, wanted, progress, cancellationToken));
        if (!IsQuiet)
        {
            InstallView.Write(terminal.Answer, prepared, before);
        }

        if (!await consent.AskAsync(terminal, $"Install {prepared.Entry.Id} {prepared.Entry.Version}, and let its code run?", cancellationToken))
        {
            return null;
        }

        return Install(prepared, before);
    }

    private InstallDocument Install(PreparedPlugin prepared, InstalledPlugin? before)
    {
        var (entry, trust) = (prepared.Entry, Installation.Trust);
        var plugin = Installation.Try(prepared.Staged, entry, store.PlaceOf(before?.Id ?? entry.Id));
        trust.Add(new TrustedPlugin(entry.Id, entry.FilesSha256, entry.Installed));
        store.Commit(prepared.Staged, entry);
        if (before is not null && before.FilesSha256 != entry.FilesSha256)
        {
            trust.Remove(before.FilesSha256);
        }

        return new InstallDocument(plugin with { Path = Path.Combine(store.PlaceOf(entry.Id), Path.GetFileName(plugin.Path)), Package = entry })
        {
            Replaced = before?.Version,
            Plans = prepared.Plans,
        };
    }
}
