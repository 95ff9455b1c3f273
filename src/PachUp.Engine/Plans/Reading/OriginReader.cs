using System.Collections.Immutable;
using PachUp.Engine.Lookups;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm.Releases;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads the <c>from</c> of a plan.</summary>
internal sealed class OriginReader(MistakeList mistakes, ReleaseCatalogue catalogue, LookupChecker lookups, ImmutableArray<string> parameters)
{
    private readonly PublishedReleases _releases = new(mistakes, catalogue);

    private readonly LookupContext _inBackup = new()
    {
        Place = "the backup that a plan starts from",
        Roots = [LookupScope.Parameters, LookupScope.Env],
        Parameters = parameters,
    };

    public PlanOrigin? Read(MappingReader plan, PlanKind kind, LookupScope scope)
    {
        if (plan.Required(PlanKeys.From, Describe(kind)) is not { } node)
        {
            return null;
        }

        return kind.Origin == OriginForm.Backup ? ReadBackup(node, scope) : ReadLines(node, kind);
    }

    private static string Describe(PlanKind kind) => kind.Origin switch
    {
        OriginForm.Backup => "the backup to restore",
        OriginForm.AnyLine => "the line of the cluster, or \"any\"",
        _ => "the line of the source, with the oldest point release that the plan accepts",
    };

    private PlanOrigin? ReadBackup(PlanNode node, LookupScope scope)
    {
        const string Expected = "the file of a backup, such as \"${parameters.backup}\"";
        if (MappingReader.Open(node, "\"from\"", mistakes, PlanKeys.Backup)?.RequiredText(PlanKeys.Backup, Expected) is not { } file
            || lookups.Read(file, _inBackup) is not { } template)
        {
            return null;
        }

        if (template.Fill(scope.ValueOf) is not { Length: > 0 } path)
        {
            mistakes.Add(file.Position, "the path of the backup is empty, or depends on a value that is known only during the run", Expected);
            return null;
        }

        return new PlanOrigin { Backup = path };
    }

    private PlanOrigin? ReadLines(PlanNode node, PlanKind kind)
    {
        if (MappingReader.Open(node, "\"from\"", mistakes, PlanKeys.Line, PlanKeys.AtLeast) is not { } from)
        {
            return null;
        }

        return kind.Origin == OriginForm.AnyLine && from.Reads(PlanKeys.Line, PlanKeys.AnyLine) ? ReadAny(from) : ReadLine(from);
    }

    private PlanOrigin? ReadAny(MappingReader from)
    {
        if (!from.Has(PlanKeys.AtLeast))
        {
            return new PlanOrigin();
        }

        mistakes.Add(from.PositionOf(PlanKeys.AtLeast), "\"atLeast\" is a release of one line, but the plan accepts any line", "\"atLeast\" or \"line: any\", not both");
        return null;
    }

    private PlanOrigin? ReadLine(MappingReader from)
    {
        var line = _releases.ReadLine(from);
        var atLeast = _releases.ReadRelease(from, PlanKeys.AtLeast);
        if (line is not { } known || atLeast is null)
        {
            return null;
        }

        if (atLeast.Line != known)
        {
            mistakes.Add(
                from.PositionOf(PlanKeys.AtLeast),
                $"\"atLeast\" is {atLeast}, which is not of line {known}",
                $"a point release such as {catalogue.LatestOf(known)!.Release}");
            return null;
        }

        return new PlanOrigin { Line = known, AtLeast = atLeast };
    }
}
