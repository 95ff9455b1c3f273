using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;

namespace PachUp.Engine.Plans;

/// <summary>The release that a plan migrates to.</summary>
public abstract record PlanDestination
{
    private PlanDestination()
    {
    }

    /// <summary>The release; null if it depends on the source.</summary>
    public virtual Release? Known => null;

    /// <summary>The release, for a given source.</summary>
    /// <param name="source">The release of the source.</param>
    /// <param name="releases">The known releases.</param>
    public abstract Release Of(Release source, ReleaseCatalogue releases);

    /// <summary>One release.</summary>
    /// <param name="Release">The release.</param>
    public sealed record Exactly(Release Release) : PlanDestination
    {
        /// <inheritdoc/>
        public override Release Known => Release;

        /// <inheritdoc/>
        public override Release Of(Release source, ReleaseCatalogue releases) => Release;
    }

    /// <summary>The latest point release of the source's line.</summary>
    public sealed record LatestPoint : PlanDestination
    {
        /// <inheritdoc/>
        public override Release Of(Release source, ReleaseCatalogue releases) => releases.LatestOf(source.Line)?.Release ?? source;
    }

    /// <summary>The release of the source. The plan does not change the release.</summary>
    public sealed record Unchanged : PlanDestination
    {
        /// <inheritdoc/>
        public override Release Of(Release source, ReleaseCatalogue releases) => source;
    }
}
