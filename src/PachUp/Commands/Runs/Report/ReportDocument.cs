using PachUp.Engine.Runs.Reports;
using PachUp.Engine.Runs.Reports.Writing;

namespace PachUp.Commands.Runs.Report;

/// <summary>The answer of <c>runs report --out</c>.</summary>
/// <param name="Run">The id of the run.</param>
/// <param name="Verdict">Its result.</param>
/// <param name="File">The full path of the file that was written.</param>
/// <param name="Form">Its form.</param>
internal sealed record ReportDocument(string Run, RunVerdict Verdict, string File, ReportFormat Form);
