namespace PachUp.Engine.State;

/// <summary>The names of the files that the engine keeps in the directory of a run. Those of the steps are in <see cref="PachUp.Verification.Records.RecordFiles"/>.</summary>
public static class RunFiles
{
    /// <summary>The plan as it was shown, with its hash.</summary>
    public const string Preview = "plan.json";

    /// <summary>The plan file as it was read.</summary>
    public const string PlanCopy = "plan.yaml";

    /// <summary>What the run was begun with: the versions and hashes of PachUp, the plan and the plugins.</summary>
    public const string Origin = "origin.json";

    /// <summary>What happened, record by record.</summary>
    public const string Journal = "journal.jsonl";

    /// <summary>What steps logged; only where one did.</summary>
    public const string Log = "steps.log";

    /// <summary>What was left out, changed and kept, for people.</summary>
    public const string Report = "report.md";
}
