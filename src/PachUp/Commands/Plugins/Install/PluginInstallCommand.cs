using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plugins.Installing;
using PachUp.Engine.Runs.Records;
using PachUp.Model;
using PachUp.Packages;

namespace PachUp.Commands.Plugins.Install;

/// <summary><c>pachup plugin install</c>: installs a plugin from a NuGet package.</summary>
internal sealed class PluginInstallCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Installs a plugin from a NuGet package. Shows what it is and where it comes from, and asks before it installs.";

    private readonly CommandArgument _id;
    private readonly CommandOption _version;
    private readonly FeedOption _feeds;
    private readonly Consent _consent;
    private readonly OutputOption _output;

    public PluginInstallCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup plugin install Acme.Freeze",
            "pachup plugin install Acme.Freeze --version '[1.2,2.0)' --feed https://nuget.acme.example/v3/index.json",
            "pachup plugin install Acme.Freeze --feed ./packages --yes");
        _id = command.Argument("ID", "The id of its package.");
        _version = command.Value(
            "--version <RANGE>", "A version, or a range such as [1.2,2.0) or 1.*, of which the highest is installed. Default: the highest version that is not a prerelease.");
        _feeds = new FeedOption(command);
        _consent = new Consent(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var id = PluginId.Of(_id, "Name the package of a plugin; \"pachup plugin search\" finds some.");
        var wanted = Wanted();
        using var store = PluginStore.Open(Installation.PluginFolderOfUser, PluginUse.Users);
        if (store.Lock.Find(id) is { } installed && wanted.Accepts(installed.Version) && store.IsIntact(installed))
        {
            _output.Show(terminal, () => InstalledAlready(installed), page => InstallView.WriteInstalledAlready(page, installed));
            return ExitCode.Done;
        }

        _consent.EnsureCanAsk(terminal, "Check the plugin first, then add --yes.");
        var installation = new PluginInstaller(store, _feeds.Open(terminal), _consent, terminal) { IsQuiet = _output.IsJson };
        if (await installation.RunAsync(id, wanted, cancellationToken) is not { } document)
        {
            terminal.Messages.Line("Nothing was installed.");
            return ExitCode.Interrupted;
        }

        _output.Show(terminal, () => document, page => InstallView.WriteInstalled(page, document));
        return ExitCode.Done;
    }

    private VersionRequest Wanted()
    {
        if (_version.Value() is not { } text)
        {
            return VersionRequest.Any;
        }

        return VersionRequest.TryParse(text, out var wanted)
            ? wanted
            : throw new UsageException($"\"{text}\" is neither a version nor a range", "Write 1.2.0 for that version alone, [1.2,2.0) or 1.* for a range.");
    }

    private static InstallDocument InstalledAlready(InstalledPlugin installed) => new InstallDocument(Plugin: null) { Already = installed };
}
