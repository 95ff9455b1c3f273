using System.Text;
using System.Text.RegularExpressions;
using PachUp.Common.Files;
using PachUp.Engine.Runs.Reports.Html;
using PachUp.Engine.Runs.Reports.Json;
using PachUp.Engine.Runs.Reports.Markdown;

namespace PachUp.Engine.Runs.Reports.Writing;

/// <summary>Reports as text, and in files.</summary>
public static partial class ReportFile
{
    private const int BytesToRecognise = 512;

    /// <summary>The text of a report.</summary>
    public static string Text(RunReport run, ReportFormat format) => format switch
    {
        ReportFormat.Html => HtmlReport.Write(run),
        ReportFormat.Json => JsonReport.Write(run),
        _ => MarkdownReport.Write(run),
    };

    /// <summary>Writes a report into a file that only its owner can read: a report describes a whole cluster. Only an earlier report is replaced.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="run">The report.</param>
    /// <param name="format">The form.</param>
    /// <exception cref="IOException">The file cannot be written, or is another file.</exception>
    public static void Write(string path, RunReport run, ReportFormat format) =>
        PrivateFile.ReplaceEarlier(path, Encoding.UTF8.GetBytes(Text(run, format)), IsAt, "a report of a run");

    /// <summary>Whether a file is a report, in any form. A file without content holds nothing that could be lost.</summary>
    private static bool IsAt(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = ReadFile.Open(path);
        var start = new byte[BytesToRecognise];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var text = Encoding.UTF8.GetString(start, 0, length);
        return text.Length == 0
            || text.StartsWith($"{{\n  \"format\": \"{RunReport.CurrentFormat.Split('/')[0]}/", StringComparison.Ordinal)
            || (text.StartsWith("<!DOCTYPE html>", StringComparison.Ordinal) && text.Contains($"content=\"{HtmlReport.Generator}\"", StringComparison.Ordinal))
            || MarkdownTitle().IsMatch(text);
    }

    [GeneratedRegex(@"\A# Run \d{8}-\d{6}-[0-9a-f]{4}: (done|stopped|rolled back|partly rolled back)\n")]
    private static partial Regex MarkdownTitle();
}
