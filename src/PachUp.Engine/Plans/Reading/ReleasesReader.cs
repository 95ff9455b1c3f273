using PachUp.Engine.Releases;
using PachUp.Pachyderm;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads where a plan starts and where it leads, and whether these fit together.</summary>
internal sealed class ReleasesReader(MistakeList mistakes, ReleaseCatalogue catalogue)
{
    private const string ExpectedRelease = "a release of three numbers, such as 1.8.7";

    public (PlanOrigin? From, Release? Target) Read(MappingReader plan, string? toOption)
    {
        var from = plan.Required(PlanKeys.From, "the line that the plan leaves, with its oldest point release") is { } fromNode
            ? MappingReader.Open(fromNode, "\"from\"", mistakes, PlanKeys.Line, PlanKeys.AtLeast)
            : null;
        var to = plan.Required(PlanKeys.To, "the release that the plan leads to") is { } toNode
            ? MappingReader.Open(toNode, "\"to\"", mistakes, PlanKeys.Release)
            : null;
        var origin = from is null ? null : ReadOrigin(from);
        var target = to is null ? null : ReadPublished(to, PlanKeys.Release);
        CheckDirection(origin, target, to);
        return (origin, target is null ? null : Override(target, toOption));
    }

    private PlanOrigin? ReadOrigin(MappingReader from)
    {
        var line = from.RequiredText(PlanKeys.Line, "a line of two numbers, such as \"1.8\"");
        var atLeast = ReadPublished(from, PlanKeys.AtLeast);
        if (line is null)
        {
            return null;
        }

        if (!ReleaseLine.TryParse(line.Value, null, out var read))
        {
            mistakes.Add(line.Position, $"\"line\" is \"{line.Value}\"", "a line of two numbers, such as \"1.8\"");
            return null;
        }

        if (catalogue.LatestOf(read) is null)
        {
            mistakes.Add(line.Position, $"there is no line \"{read}\" of Pachyderm", Names.OneOf([.. catalogue.Lines.Select(known => known.ToString())]));
            return null;
        }

        if (atLeast is not null && atLeast.Line != read)
        {
            mistakes.Add(
                from.PositionOf(PlanKeys.AtLeast),
                $"\"atLeast\" is {atLeast}, which is not of line {read}",
                $"a point release such as {catalogue.LatestOf(read)!.Release}");
            return null;
        }

        return atLeast is null ? null : new PlanOrigin(read, atLeast);
    }

    private Release? ReadPublished(MappingReader reader, string key)
    {
        var release = reader.RequiredValue<Release>(key, ExpectedRelease);
        if (release is null || catalogue.Contains(release.WithoutSuffix()))
        {
            return release;
        }

        var nearest = catalogue.NearestTo(release).ToString();
        mistakes.Add(reader.PositionOf(key), $"\"{key}\" is {release}, which was never published", "a published release", nearest);
        return null;
    }

    private void CheckDirection(PlanOrigin? origin, Release? target, MappingReader? to)
    {
        if (origin is not null && target is not null && target < origin.AtLeast)
        {
            mistakes.Add(to!.PositionOf(PlanKeys.Release), $"the plan leads back, from {origin.AtLeast} to {target}", "a later release");
        }
    }

    /// <summary>The release after <c>--to</c>, which has to be another point release of the same line: the plan's steps are for that line.</summary>
    private Release? Override(Release target, string? option)
    {
        if (option is null)
        {
            return target;
        }

        var where = $"--to {option}";
        if (!Release.TryParse(option, out var chosen))
        {
            mistakes.AddToOption(where, $"\"{option}\" is not a release", ExpectedRelease);
            return null;
        }

        if (chosen.Line != target.Line)
        {
            mistakes.AddToOption(
                where,
                $"the plan leads to line {target.Line}, and {chosen} is of line {chosen.Line}",
                $"a release of line {target.Line}, such as {catalogue.LatestOf(target.Line)!.Release}; or another plan");
            return null;
        }

        if (!catalogue.Contains(chosen.WithoutSuffix()))
        {
            mistakes.AddToOption(where, $"there is no Pachyderm {chosen}", "a published release", catalogue.NearestTo(chosen).ToString());
            return null;
        }

        return chosen;
    }
}
