using PachUp.Pachyderm;

namespace PachUp.Engine.Rehearsals;

/// <summary>The clusters that a stage is built for.</summary>
/// <param name="Source">The release of the real source.</param>
/// <param name="Target">The release of the real target.</param>
/// <param name="IsOneCluster">Whether the target is the source, deployed again on what it holds.</param>
public sealed record RehearsalCast(Release Source, Release Target, bool IsOneCluster);
