using PachUp.Pachyderm;

namespace PachUp.Engine.Rehearsals;

/// <summary>The releases of the clusters that a rehearsal needs.</summary>
/// <param name="Source">The release of the real source.</param>
/// <param name="Target">The release of the real target.</param>
/// <param name="IsOneCluster">Whether source and target are the same cluster, which is deployed again with its data.</param>
public sealed record RehearsalReleases(Release Source, Release Target, bool IsOneCluster);
