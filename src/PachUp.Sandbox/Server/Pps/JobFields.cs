using Google.Protobuf;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>
/// The fields that a job has in three messages under the same names: in its record, in listings and in the request that creates it. The messages number
/// them differently.
/// </summary>
internal static class JobFields
{
    private static readonly string[] Names =
    [
        "pipeline", "output_commit", "restart", "data_processed", "data_skipped", "data_total", "data_failed", "data_recovered", "stats", "stats_commit",
        "state", "reason", "started", "finished",
    ];

    /// <summary>Copies the fields of a job from one message to another.</summary>
    /// <returns>The other message.</returns>
    public static T CopyTo<T>(this IMessage job, T other)
        where T : IMessage
    {
        foreach (var name in Names)
        {
            if (job.Descriptor.FindFieldByName(name).Accessor.GetValue(job) is { } value)
                other.Descriptor.FindFieldByName(name).Accessor.SetValue(other, value);
        }

        return other;
    }
}
