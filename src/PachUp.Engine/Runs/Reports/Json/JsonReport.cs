using System.Text.Json;
using PachUp.Common.Files;
using PachUp.Common.Text;

namespace PachUp.Engine.Runs.Reports.Json;

/// <summary>The report of a run as one JSON document, with everything that is known: lists are never cut.</summary>
public static class JsonReport
{
    /// <summary>The report of a run.</summary>
    public static string Write(RunReport run) => SafeText.OfJson(JsonSerializer.Serialize(run, JsonFile.Options)) + "\n";
}
