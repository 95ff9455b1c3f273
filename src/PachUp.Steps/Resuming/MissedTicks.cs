namespace PachUp.Steps.Resuming;

/// <summary>What becomes of the ticks of cron inputs that were due while a migration ran, or before, and were not made.</summary>
public enum MissedTicks
{
    /// <summary>They are not made up: one tick, at the time of the resume, stands for all of them.</summary>
    Skip,

    /// <summary>pachd makes all of them up at once, as it does after it was down.</summary>
    MakeUp,
}
