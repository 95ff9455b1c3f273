namespace PachUp.Engine.State;

/// <summary>The names of the engine's files in the directory of a run. <see cref="PachUp.Verification.Records.RecordFiles"/> has the files of steps.</summary>
public static class RunFiles
{
    /// <summary>The plan that was shown, with its hash.</summary>
    public const string Preview = "plan.json";

    /// <summary>A copy of the plan file.</summary>
    public const string PlanCopy = "plan.yaml";

    /// <summary>The inputs of the run: the versions and hashes of PachUp, the plan and the plugins.</summary>
    public const string Origin = "origin.json";

    /// <summary>What the last rehearsal forecast when the run started. The file is missing if there was none.</summary>
    public const string Forecast = "forecast.json";

    /// <summary>The journal.</summary>
    public const string Journal = "journal.jsonl";

    /// <summary>The log messages of steps. The file is missing if no step logged a message.</summary>
    public const string Log = "steps.log";

    /// <summary>The report for people: what was left out, changed and kept.</summary>
    public const string Report = "report.md";
}
