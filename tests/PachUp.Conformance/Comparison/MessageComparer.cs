using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using PachUp.Conformance.Mapping;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Conformance.Comparison;

/// <summary>Compares two messages of one type field by field, and adds their ids to the map.</summary>
/// <param name="map">The known ids.</param>
/// <param name="volatileRepos">The repos whose content differs from run to run.</param>
/// <param name="hasRandomTrees">Whether the release writes trees in random order.</param>
public sealed class MessageComparer(ValueMap map, VolatileRepos volatileRepos, bool hasRandomTrees)
{
    private readonly TextComparer _texts = new(map);

    /// <summary>All differences between two messages.</summary>
    /// <param name="path">The path of the messages in the answer.</param>
    /// <param name="recorded">The recorded message.</param>
    /// <param name="replayed">The message of the sandbox.</param>
    /// <param name="contentVaries">Whether the messages are about content that differs from run to run.</param>
    public IEnumerable<Difference> Compare(string path, IMessage recorded, IMessage replayed, bool contentVaries)
    {
        if (recorded is Timestamp moment)
        {
            return SameMoment(moment, (Timestamp)replayed) ? [] : [new Difference(path, Show(recorded), Show(replayed))];
        }

        if (recorded is CommitInfo commit)
        {
            (recorded, replayed) = (ProvenanceOrder.Sort(commit), ProvenanceOrder.Sort((CommitInfo)replayed));
        }

        // Nothing shows the number of ticks in a repo of which only the list is recorded.
        var isTickRepo = recorded is RepoInfo { Repo: { } repo } && volatileRepos.IsOfCron(repo.Name);
        var varies = contentVaries || isTickRepo || volatileRepos.IsAbout(recorded);
        return recorded.Descriptor.Fields.InFieldNumberOrder()
            .SelectMany(field => CompareField($"{path}.{field.Name}", field, recorded, replayed, varies))
            .Concat(CompareUnknownFields(path, recorded, replayed));
    }

    private IEnumerable<Difference> CompareField(string path, FieldDescriptor field, IMessage recorded, IMessage replayed, bool varies)
    {
        var expected = field.Accessor.GetValue(recorded);
        var got = field.Accessor.GetValue(replayed);
        return field switch
        {
            _ when FieldRules.IsGivenByKubernetes(field) => [],
            _ when recorded is PipelineInfo pipeline && PipelineProgress.Is(field) =>
                PipelineProgress.AreEqual(pipeline, (PipelineInfo)replayed) ? [] : [new Difference(path, Show(expected), Show(got))],
            { IsMap: true } => CompareMaps(path, (IDictionary)expected, (IDictionary)got, varies),
            { IsRepeated: true } when FieldRules.IsUnordered(field) => CompareSets(path, (IList)expected, (IList)got, varies),
            { IsRepeated: true } => CompareLists(path, (IList)expected, (IList)got, varies),
            _ when varies && FieldRules.IsSizeOfContent(field) => [],
            _ => CompareValues(path, expected, got, varies || (hasRandomTrees && FieldRules.IsTreeOfCommit(field))),
        };
    }

    private IEnumerable<Difference> CompareValues(string path, object? expected, object? got, bool varies) => (expected, got) switch
    {
        (null, null) => [],
        (null, _) or (_, null) => [new Difference(path, Show(expected), Show(got), ChangesShape: true)],
        (IMessage message, IMessage other) => Compare(path, message, other, varies),
        (string text, string other) => _texts.AreEqual(text, other, varies) ? [] : [new Difference(path, Show(text), Show(other))],
        (ByteString bytes, ByteString other) when varies && bytes.Length == other.Length => [],
        _ => expected.Equals(got) ? [] : [new Difference(path, Show(expected), Show(got))],
    };

    private IEnumerable<Difference> CompareLists(string path, IList expected, IList got, bool varies)
    {
        for (var index = 0; index < Math.Min(expected.Count, got.Count); index++)
        {
            foreach (var difference in CompareValues($"{path}[{index}]", expected[index], got[index], varies))
            {
                yield return difference;
            }
        }

        if (expected.Count != got.Count)
        {
            yield return CountDiffers(path, expected, got);
        }
    }

    private IEnumerable<Difference> CompareSets(string path, IList expected, IList got, bool varies)
    {
        if (expected.Count != got.Count)
        {
            return [CountDiffers(path, expected, got)];
        }

        var pairing = new SetPairing(map, (one, other) => !CompareValues(path, one, other, varies).Any());
        return pairing.TryPair([.. expected.Cast<object>()], [.. got.Cast<object>()])
            ? []
            : [new Difference(path, Show(expected), Show(got), ChangesShape: true)];
    }

    private IEnumerable<Difference> CompareMaps(string path, IDictionary expected, IDictionary got, bool varies)
    {
        if (expected.Count != got.Count || !expected.Keys.Cast<object>().All(got.Contains))
        {
            return [new Difference(path, Show(expected), Show(got), ChangesShape: true)];
        }

        return expected.Keys.Cast<object>().SelectMany(key => CompareValues($"{path}[{key}]", expected[key], got[key], varies));
    }

    private bool SameMoment(Timestamp recorded, Timestamp replayed) => map.TryPair(TokenKind.Time, Key(recorded), Key(replayed));

    private static string Key(Timestamp moment) => string.Create(CultureInfo.InvariantCulture, $"{moment.Seconds}.{moment.Nanos:D9}");

    private static IEnumerable<Difference> CompareUnknownFields(string path, IMessage recorded, IMessage replayed)
    {
        var expected = UnknownFields.Of(recorded);
        var got = UnknownFields.Of(replayed);
        return expected.Equals(got) ? [] : [new Difference($"{path} (fields without a name)", Show(expected), Show(got))];
    }

    private static Difference CountDiffers(string path, IList expected, IList got) =>
        new(path, $"{expected.Count}: {Show(expected)}", $"{got.Count}: {Show(got)}", ChangesShape: true);

    private static string Show(object? value) => ValueText.Of(value);
}
