using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Common.Text;
using PachUp.Engine.Runs.Reports.Writing;

namespace PachUp.Commands.Runs.Report;

/// <summary><c>--format</c> of <c>runs report</c>: the form of the report.</summary>
internal sealed class ReportFormatOption(CommandLineApplication command)
{
    private static readonly string[] Names = [.. Enum.GetNames<ReportFormat>().Select(name => name.ToLowerInvariant())];

    private readonly CommandOption _format = command.Value(
        "--format <FORMAT>", "The form of the report: markdown, html (one file to read and print) or json. Default: by the ending of the file of --out, else markdown.");

    /// <summary>The form.</summary>
    /// <param name="file">The file that is written; null for none.</param>
    /// <exception cref="UsageException">There is no such form.</exception>
    public ReportFormat For(string? file) => _format.Value() is { } name ? Find(name) : OfEnding(Path.GetExtension(file ?? ""));

    /// <summary>Whether a form was named.</summary>
    public bool IsGiven => _format.HasValue();

    private static ReportFormat Find(string name)
    {
        if (Names.Contains(name))
        {
            return Enum.Parse<ReportFormat>(name, ignoreCase: true);
        }

        var suggestion = NearestName.Of(name, Names) is { } nearest ? $" (did you mean \"{nearest}\"?)" : "";
        throw new UsageException($"there is no form of a report called \"{name}\"", $"Choose {string.Join(", ", Names[..^1])} or {Names[^1]}{suggestion}.");
    }

    private static ReportFormat OfEnding(string ending) => ending.ToLowerInvariant() switch
    {
        ".html" or ".htm" => ReportFormat.Html,
        ".json" => ReportFormat.Json,
        _ => ReportFormat.Markdown,
    };
}
