using PachUp.Plugins.Buckets.Locations;

namespace PachUp.Plugins.Buckets.Running;

/// <summary>rclone with the buckets of a step.</summary>
/// <param name="program">The rclone of this machine.</param>
/// <param name="source">The bucket that is copied.</param>
/// <param name="target">The bucket that receives the copy.</param>
internal sealed class Rclone(RcloneProgram program, Bucket source, Bucket target)
{
    private const int MostErrors = 1_000;

    /// <summary>The bucket that is copied.</summary>
    public Bucket Source => source;

    /// <summary>The bucket that receives the copy.</summary>
    public Bucket Target => target;

    /// <summary>Runs a command of rclone.</summary>
    /// <param name="arguments">The command and its arguments.</param>
    /// <param name="onOutput">Receives each line of its output.</param>
    /// <param name="onStats">Receives how far it is, each second.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its errors; empty if everything went well.</returns>
    /// <exception cref="Sdk.StepFailedException">It does not start.</exception>
    public async Task<IReadOnlyList<RcloneMessage>> RunAsync(
        IEnumerable<string> arguments, Action<string> onOutput, Action<RcloneStats> onStats, CancellationToken cancellationToken)
    {
        var errors = new List<RcloneMessage>();
        var process = new RcloneProcess(program.File, [.. source.Variables(), .. target.Variables()]);
        var code = await process.RunAsync(
            [.. arguments, "--use-json-log", "--stats", "1s", "--stats-log-level", "NOTICE"],
            onOutput,
            line => Read(RcloneMessage.Parse(line), errors, onStats),
            cancellationToken);

        // What failed at first and then went well is in the log, too.
        return code == 0 ? [] : errors.Count > 0 ? errors : [new RcloneMessage("error", $"rclone ended with code {code}", "", null)];
    }

    private static void Read(RcloneMessage message, List<RcloneMessage> errors, Action<RcloneStats> onStats)
    {
        if (message.Stats is { } stats)
        {
            onStats(stats);
        }

        if (message.IsError && errors.Count < MostErrors)
        {
            errors.Add(message);
        }
    }
}
