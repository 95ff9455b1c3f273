using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Verification;

/// <summary>The access to the objects of the clusters of a plan.</summary>
/// <param name="Source">The access to the source; null if the plan starts from a backup.</param>
/// <param name="Target">The access to the target; null if it does not answer yet.</param>
internal sealed record ObjectAccesses(ObjectAccess? Source, ObjectAccess? Target)
{
    /// <summary>Asks the clusters that answer.</summary>
    /// <exception cref="PachdException">A cluster does not answer, or its peer port cannot be used.</exception>
    public static async Task<ObjectAccesses> AskAsync(IStepContext context, CancellationToken cancellationToken) => new(
        context.Purpose.ReadsCluster() ? await context.Source.Connect().FindObjectAccessAsync(cancellationToken) : null,
        context.Survey.Target is null ? null : await context.Target.Connect().FindObjectAccessAsync(cancellationToken));

    /// <summary>
    /// Whether objects and tags of source and target can be compared. For a backup, it counts whether they were listed when the backup was made. Null
    /// if
    /// the target does not answer yet.
    /// </summary>
    public bool? CanCompare(IStepContext context) => (Source?.IsThere ?? context.Survey.Source.Objects is not null, Target?.IsThere) switch
    {
        (false, _) => false,
        (_, var target) => target,
    };
}
