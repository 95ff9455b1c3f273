using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads the <c>to</c> of a plan, and checks it against its <c>from</c>.</summary>
internal sealed class DestinationReader(MistakeList mistakes, ReleaseCatalogue catalogue)
{
    private const string ExpectedRelease = PublishedReleases.ExpectedRelease + ", or \"latest\"";

    private readonly PublishedReleases _releases = new(mistakes, catalogue);

    public PlanDestination? Read(MappingReader plan, PlanKind kind, PlanOrigin? origin, string? toOption)
    {
        if (kind.Destination == DestinationRule.NotAllowed || (kind.Destination == DestinationRule.Optional && !plan.Has(PlanKeys.To)))
        {
            return ReadUnchanged(plan, kind, toOption);
        }

        if (plan.Required(PlanKeys.To, "the release that the plan migrates to") is not { } node
            || MappingReader.Open(node, "\"to\"", mistakes, PlanKeys.Line, PlanKeys.Release) is not { } to)
        {
            return null;
        }

        var destination = ReadDestination(to, kind);
        CheckDirection(origin, destination?.Known, to);
        return destination is null || toOption is null ? destination : Override(destination, toOption);
    }

    private PlanDestination? ReadUnchanged(MappingReader plan, PlanKind kind, string? toOption)
    {
        if (plan.Has(PlanKeys.To))
        {
            mistakes.Add(plan.PositionOf(PlanKeys.To), $"a plan of kind \"{kind.Name}\" does not change the release", "no \"to\"");
            return null;
        }

        if (toOption is null)
        {
            return new PlanDestination.Unchanged();
        }

        if (kind.Destination == DestinationRule.Optional)
        {
            return Override(new PlanDestination.Unchanged(), toOption);
        }

        mistakes.AddToOption($"--to {toOption}", "the plan does not change the release", "no --to, or another plan");
        return null;
    }

    private PlanDestination? ReadDestination(MappingReader to, PlanKind kind)
    {
        if (!to.Reads(PlanKeys.Release, PlanKeys.LatestRelease))
        {
            RefuseLine(to);
            return _releases.ReadRelease(to, PlanKeys.Release) is { } release ? new PlanDestination.Exactly(release) : null;
        }

        if (kind.Origin == OriginForm.AnyLine)
        {
            RefuseLine(to);
            return new PlanDestination.LatestPoint();
        }

        return _releases.ReadLine(to) is { } line ? new PlanDestination.Exactly(catalogue.LatestOf(line)!.Release) : null;
    }

    private void RefuseLine(MappingReader to)
    {
        if (to.Has(PlanKeys.Line))
        {
            mistakes.Add(to.PositionOf(PlanKeys.Line), "\"line\" is not needed here", "\"line\" only together with \"release: latest\" in a plan between two lines");
        }
    }

    private void CheckDirection(PlanOrigin? origin, Release? target, MappingReader to)
    {
        if (origin?.AtLeast is { } atLeast && target is not null && target < atLeast)
        {
            mistakes.Add(to.PositionOf(PlanKeys.Release), $"the plan goes back, from {atLeast} to {target}", "a later release");
        }
    }

    /// <summary>
    /// The release of <c>--to</c>. If the plan names a release, <c>--to</c> has to be a point release of the same line, because the plan's steps are
    /// written for that line.
    /// </summary>
    private PlanDestination? Override(PlanDestination destination, string option)
    {
        var where = $"--to {option}";
        if (option == PlanKeys.LatestRelease)
        {
            return destination.Known is { } known ? new PlanDestination.Exactly(catalogue.LatestOf(known.Line)!.Release) : new PlanDestination.LatestPoint();
        }

        if (!Release.TryParse(option, out var chosen))
        {
            mistakes.AddToOption(where, $"\"{option}\" is not a release", ExpectedRelease);
            return null;
        }

        if (destination.Known is { } planned && chosen.Line != planned.Line)
        {
            mistakes.AddToOption(
                where,
                $"the plan migrates to line {planned.Line}, but {chosen} is of line {chosen.Line}",
                $"a release of line {planned.Line}, such as {catalogue.LatestOf(planned.Line)!.Release}; or another plan");
            return null;
        }

        if (!catalogue.Contains(chosen.WithoutSuffix()))
        {
            mistakes.AddToOption(where, $"there is no Pachyderm {chosen}", "a published release", catalogue.NearestTo(chosen).ToString());
            return null;
        }

        return new PlanDestination.Exactly(chosen);
    }
}
