using PachUp.Pachyderm.Schedules;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>The rules of the server for the triggers of branches, and when a trigger moves its branch.</summary>
internal static class TriggerRules
{
    private static readonly (string Suffix, long Bytes)[] Units =
        [("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("K", 1_000), ("M", 1_000_000), ("G", 1_000_000_000), ("B", 1), ("", 1)];

    /// <summary>Checks a trigger before it is stored.</summary>
    /// <exception cref="PachdError">The server refuses it.</exception>
    public static void Check(Trigger trigger)
    {
        if (trigger.Branch.Length == 0)
            throw new PachdError("triggers must specify a branch to trigger on");

        if (trigger.CronSpec.Length > 0 && CronSpec.FindMistake(trigger.CronSpec) is { } mistake)
            throw new PachdError($"invalid trigger cron spec: {mistake}");

        if (trigger.Size.Length > 0)
            SizeOf(trigger.Size);

        if (trigger.Commits < 0)
            throw new PachdError("can't trigger on a negative number of commits");
    }

    /// <summary>Whether a trigger moves its branch to a new commit: if one of its conditions holds, or all of them where it says so.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="head">The head of the branch; null for none.</param>
    /// <param name="commit">The new head of the branch that the trigger watches.</param>
    /// <param name="parentOf">Finds the parent of a commit; null for none.</param>
    public static bool Fires(Trigger trigger, CommitInfo? head, CommitInfo commit, Func<CommitInfo, CommitInfo?> parentOf)
    {
        var conditions = new List<bool>();
        if (trigger.Size.Length > 0)
            conditions.Add((long)commit.SizeBytes - (long)(head?.SizeBytes ?? 0) >= SizeOf(trigger.Size));

        if (trigger.CronSpec.Length > 0)
            conditions.Add(CronSchedule.TryParse(trigger.CronSpec)?.Next(head?.Finished?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch) < commit.Finished.ToDateTimeOffset());

        if (trigger.Commits > 0)
            conditions.Add(CountSince(head, commit, trigger.Commits, parentOf) == trigger.Commits);

        return trigger.All ? conditions.TrueForAll(holds => holds) : conditions.Exists(holds => holds);
    }

    private static long CountSince(CommitInfo? head, CommitInfo commit, long most, Func<CommitInfo, CommitInfo?> parentOf)
    {
        var count = 0L;
        for (CommitInfo? next = commit; next is not null && next.Commit.Id != head?.Commit.Id && count < most; next = parentOf(next))
        {
            count++;
        }

        return count;
    }

    private static long SizeOf(string size)
    {
        var (suffix, bytes) = Units.First(unit => size.EndsWith(unit.Suffix, StringComparison.Ordinal));
        return double.TryParse(size[..^suffix.Length], out var number) ? (long)(number * bytes) : throw new PachdError($"invalid trigger size: invalid size: '{size}'");
    }
}
