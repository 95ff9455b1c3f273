using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;

namespace PachUp.Engine.Plans;

/// <summary>Where a plan leads.</summary>
public abstract record PlanDestination
{
    private PlanDestination()
    {
    }

    /// <summary>The release; null where it depends on what the plan starts from.</summary>
    public virtual Release? Known => null;

    /// <summary>The release, for a plan that starts from another one.</summary>
    /// <param name="source">What it starts from.</param>
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

    /// <summary>The latest point release of the line that the plan starts from.</summary>
    public sealed record LatestPoint : PlanDestination
    {
        /// <inheritdoc/>
        public override Release Of(Release source, ReleaseCatalogue releases) => releases.LatestOf(source.Line)?.Release ?? source;
    }

    /// <summary>The release that the plan starts from: it moves nothing.</summary>
    public sealed record Unchanged : PlanDestination
    {
        /// <inheritdoc/>
        public override Release Of(Release source, ReleaseCatalogue releases) => source;
    }
}
