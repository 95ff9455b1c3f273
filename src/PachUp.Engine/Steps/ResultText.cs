using PachUp.Sdk;

namespace PachUp.Engine.Steps;

/// <summary>The text about the result of a step, for the journal, the progress and the report.</summary>
internal static class ResultText
{
    /// <summary>The summary and the notes.</summary>
    public static string InWords(this StepResult result) => string.Join(' ', [result.Notes.IsEmpty ? result.Summary : $"{result.Summary}.", .. result.Notes]);
}
