using PachUp.Common.Disks;
using PachUp.Sdk.Testing.Environments;
using PachUp.Testing.Disks;

namespace PachUp.EndToEnd.Tests.Durability;

/// <summary>The power cut of a small run, or its kill, after which everything survives.</summary>
internal static class PowerCut
{
    /// <summary>The disk of a small run that keeps its power.</summary>
    public static PowerLossDisk DiskOf(string folder) => new(folder, TestEnvironment.DataFolder);

    /// <summary>Lets a run act until a change on its disk, which is not made any more.</summary>
    /// <param name="run">The run.</param>
    /// <param name="act">What it does.</param>
    /// <param name="at">The number of the change, from 1.</param>
    /// <param name="survival">What survives of what was not flushed.</param>
    /// <returns>The change at which it ended; null if it had ended before.</returns>
    public static async Task<DiskChange?> EndAsync(SmallRun run, Func<Task> act, int at, Survival survival)
    {
        var disk = new PowerLossDisk(run.Folder, TestEnvironment.DataFolder, at);
        await disk.EndAsync(act);
        if (disk.LostAt is not null)
        {
            disk.Restart(survival);
            LetHoldersEnd(run.Folder);
        }

        return disk.LostAt;
    }

    /// <summary>After a power cut no process runs. Here, the one that holds the locks is that of the test.</summary>
    private static void LetHoldersEnd(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.holder.json", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            File.WriteAllText(file, text.Replace($"\"processId\": {Environment.ProcessId}", $"\"processId\": {int.MaxValue}", StringComparison.Ordinal));
        }
    }
}
