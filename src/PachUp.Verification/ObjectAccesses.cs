using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Verification;

/// <summary>Whether the objects of the clusters of a plan can be listed.</summary>
/// <param name="Source">Those of the source; null where the plan starts from a backup.</param>
/// <param name="Target">Those of the target; null where another cluster than the source does not answer yet.</param>
internal sealed record ObjectAccesses(ObjectAccess? Source, ObjectAccess? Target)
{
    /// <summary>Asks the clusters that answer.</summary>
    /// <exception cref="PachdException">One of them does not, or its peer port cannot be used.</exception>
    public static async Task<ObjectAccesses> AskAsync(IStepContext context, CancellationToken cancellationToken) => new(
        context.Purpose.ReadsCluster() ? await context.Source.Connect().FindObjectAccessAsync(cancellationToken) : null,
        context.Survey.Target is null ? null : await context.Target.Connect().FindObjectAccessAsync(cancellationToken));

    /// <summary>
    /// Whether objects and tags of source and target can be compared: of a backup those count that were listed when it was made. Null where the target
    /// does not answer yet.
    /// </summary>
    public bool? CanCompare(IStepContext context) => (Source?.IsThere ?? context.Survey.Source.Objects is not null, Target?.IsThere) switch
    {
        (false, _) => false,
        (_, var target) => target,
    };
}
