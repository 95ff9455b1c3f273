namespace PachUp.Steps.Resuming;

/// <summary>What happens to cron ticks that were due during or before a migration and were not made.</summary>
public enum MissedTicks
{
    /// <summary>They are skipped: one tick at the time of the resume stands for all of them.</summary>
    Skip,

    /// <summary>pachd makes all of them at once, as it does after a downtime.</summary>
    MakeUp,
}
