using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads lines and releases and reports those that were never published.</summary>
internal sealed class PublishedReleases(MistakeList mistakes, ReleaseCatalogue catalogue)
{
    public const string ExpectedRelease = "a release of three numbers, such as 1.8.7";

    private const string ExpectedLine = "a line of two numbers, such as \"1.8\"";

    /// <summary>The line after the key <c>line</c>; null, with a report, if it is missing or wrong.</summary>
    public ReleaseLine? ReadLine(MappingReader reader)
    {
        if (reader.RequiredText(PlanKeys.Line, ExpectedLine) is not { } line)
        {
            return null;
        }

        if (!ReleaseLine.TryParse(line.Value, null, out var read))
        {
            mistakes.Add(line.Position, $"\"line\" is \"{line.Value}\"", ExpectedLine);
            return null;
        }

        if (catalogue.LatestOf(read) is null)
        {
            mistakes.Add(line.Position, $"there is no line \"{read}\" of Pachyderm", Names.OneOf([.. catalogue.Lines.Select(known => known.ToString())]));
            return null;
        }

        return read;
    }

    /// <summary>The release after a key; null if it is missing or wrong. A release that was never published is reported and returned.</summary>
    public Release? ReadRelease(MappingReader reader, string key)
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
}
