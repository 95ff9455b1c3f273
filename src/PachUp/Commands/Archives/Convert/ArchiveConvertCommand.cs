using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Engine.Conversions;
using PachUp.Model;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Releases;
using PachUp.Views;

namespace PachUp.Commands.Archives.Convert;

/// <summary><c>pachup archive convert</c>: rewrites an archive for a later line, to be restored with pachctl.</summary>
internal sealed class ArchiveConvertCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Rewrites an archive for a later line, so that \"pachctl restore\" of that line restores it without losses. If a check refuses, writes nothing "
        + "and exits with code 3.";

    private const string Usage = "pachup archive convert OLD --to 1.9 --out NEW";

    private readonly CommandArgument _archive;
    private readonly CommandOption _to;
    private readonly RenamedOption _out;
    private readonly CommandOption _pipelinesFrom;
    private readonly CommandOption _inventory;
    private readonly PluginOption _plugins;
    private readonly AllOption _all;
    private readonly OutputOption _output;

    public ArchiveConvertCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup archive convert 1.8.pachx --to 1.9 --pipelines-from old:30650 --out 1.9.pachx",
            "pachup archive convert 1.8.pachx --to 1.9.12 --inventory .pachup/runs/ID/source.inventory.json --out 1.9.pachx");
        _archive = command.Argument("OLD", "The archive, as \"pachctl extract\" or PachUp wrote it.");
        _to = command.Value("--to <RELEASE>", "The target: a line such as 1.9 (its latest release) or a release such as 1.9.12.");
        _out = new RenamedOption(command, command.Value("--out <NEW>", "The file to write, with a manifest beside it. It must not exist yet."), "-o");
        _pipelinesFrom = command.Value(
            "--pipelines-from <ADDRESS>", "The cluster that the archive came from, to read the fields of pipelines that are missing in the archive.");
        _inventory = command.Value(
            "--inventory <FILE>", "A saved inventory of that cluster, to read the fields of pipelines and the repos that are missing in the archive.");
        _plugins = new PluginOption(command);
        _all = new AllOption(command);
        _output = new OutputOption(command, hasShortName: false);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        await using var cluster = Cluster();
        var converter = new ArchiveConverter(Installation.LoadCatalogue(_plugins, terminal), ReleaseCatalogue.BuiltIn);
        var request = Request(cluster, terminal);
        var conversion = await WorkDisplay.ShowAsync(terminal, progress => converter.PlanAsync(request, progress, cancellationToken));
        var manifest = conversion.IsRefused
            ? null
            : await WorkDisplay.ShowAsync(terminal, progress => ArchiveConverter.WriteAsync(conversion, progress, cancellationToken));
        _output.Show(
            terminal,
            () => ConversionDocument.Of(conversion, manifest),
            page => ConversionView.Write(page, conversion, manifest, ItemLimit.Of(_all)));
        return conversion.IsRefused ? ExitCode.Refused : ExitCode.Done;
    }

    private ConversionRequest Request(PachdClient? cluster, Terminal terminal) => new()
    {
        Archive = Existing(_archive.Required($"Name the archive: {Usage}."), "archive"),
        Target = Target(_to.Value() ?? throw new UsageException("--to is missing", $"Name the target: {Usage}.")),
        Output = New(_out.Read(terminal) ?? throw new UsageException("--out is missing", $"Name the file to write: {Usage}.")),
        PipelinesFrom = cluster,
        Inventory = _inventory.Value() is { } inventory ? Existing(inventory, "inventory") : null,
    };

    private PachdClient? Cluster() => (_pipelinesFrom.Value(), _inventory.Value()) switch
    {
        (not null, not null) => throw new UsageException(
            "--pipelines-from and --inventory cannot be used together", "Use one of them. An inventory of the same day says more."),
        ({ } address, _) => PachdClient.Create(KubeContexts.Addresses().Resolve(address, "--pipelines-from")),
        _ => null,
    };

    private static string Existing(string path, string what) =>
        File.Exists(path) ? path : throw new UsageException($"there is no {what} \"{path}\"", "Check the path.");

    private static string New(string path)
    {
        var taken = ConversionRequest.NamesFor(path).FirstOrDefault(Path.Exists);
        return taken is null ? path : throw new UsageException($"\"{taken}\" already exists", "Choose another name with --out, or move it away.");
    }

    private static Release Target(string text)
    {
        var releases = ReleaseCatalogue.BuiltIn;
        var release = Release.TryParse(text, out var exact) ? exact
            : ReleaseLine.TryParse(text, null, out var line) ? releases.LatestOf(line)?.Release
            : null;
        return release is not null && releases.Contains(release.WithoutSuffix())
            ? release
            : throw new UsageException(
                $"\"{text}\" is not a known line or release",
                $"Give a line such as 1.9 or a release such as {releases.NearestTo(exact ?? new Release(1, 9, 12))}.");
    }
}
