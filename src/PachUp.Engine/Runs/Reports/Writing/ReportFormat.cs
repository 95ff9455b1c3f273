namespace PachUp.Engine.Runs.Reports.Writing;

/// <summary>The forms of a report.</summary>
public enum ReportFormat
{
    /// <summary>Markdown, for a change request.</summary>
    Markdown,

    /// <summary>One HTML file, to read and to print.</summary>
    Html,

    /// <summary>JSON, for programs.</summary>
    Json,
}
