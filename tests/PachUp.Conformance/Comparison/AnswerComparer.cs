using Google.Protobuf;
using PachUp.Conformance.Mapping;
using PachUp.Conformance.Replay;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Conformance.Comparison;

/// <summary>Compares an answer of the sandbox with the recorded one: messages, status code and status text.</summary>
public sealed class AnswerComparer
{
    private static readonly ReleaseLine FirstWithOrder = new(1, 8);

    private static readonly ReleaseLine FirstWithRandomPipelines = new(1, 12);

    private readonly bool _isRandom;
    private readonly bool _pipelinesAreRandom;
    private readonly ValueMap _map;
    private readonly VolatileRepos _volatileRepos;
    private readonly MessageTypes _types;
    private readonly TextComparer _texts;
    private readonly MessageComparer _messages;

    /// <param name="release">The release of both servers.</param>
    /// <param name="map">Maps recorded ids to those of the replay.</param>
    /// <param name="volatileRepos">The repos whose content differs from run to run.</param>
    public AnswerComparer(Release release, ValueMap map, VolatileRepos volatileRepos)
    {
        _map = map;
        _volatileRepos = volatileRepos;
        _types = new MessageTypes(release);
        _texts = new TextComparer(map);
        _isRandom = release.Line < FirstWithOrder;
        _pipelinesAreRandom = release.Line >= FirstWithRandomPipelines;
        _messages = new MessageComparer(map, _volatileRepos, _isRandom);
    }

    /// <summary>
    /// All differences between a recorded call and its answer; none if they are equal. Ids in the answer are added to the map unless the two answers have
    /// different numbers of messages.
    /// </summary>
    public IReadOnlyList<Difference> Compare(RecordedCall call, Answer answer)
    {
        var request = Parse(MessageTypes.RequestOf(call.Method), call.Requests.Take(1)).FirstOrDefault();
        var mark = _map.Mark;
        List<Difference> differences = [.. CompareStatus(call, answer), .. CompareMessages(call, request, answer)];
        if (differences.Exists(difference => difference.ChangesShape))
        {
            _map.ForgetSince(mark);
        }

        return differences;
    }

    /// <summary>The messages of an answer as text, for people.</summary>
    public IEnumerable<string> Describe(string method, IReadOnlyCollection<byte[]> messages)
    {
        var parsed = Parse(_types.AnswerOf(method), messages);
        return parsed.Count == messages.Count ? parsed.Select(ValueText.Of) : messages.Select(Convert.ToHexStringLower);
    }

    /// <summary>The messages of a recorded answer.</summary>
    public IReadOnlyList<IMessage> AnswerOf(RecordedCall call) => Parse(_types.AnswerOf(call.Method), call.Responses);

    /// <summary>Learns from recorded calls what differs from run to run, before any of them is compared.</summary>
    /// <returns>The cron ticks in the calls.</returns>
    public TickHistory Study(IReadOnlyList<RecordedCall> calls)
    {
        var requests = calls.SelectMany(call => Parse(MessageTypes.RequestOf(call.Method), call.Requests)).ToList();
        var answers = calls.SelectMany(AnswerOf, (call, message) => (Message: message, call.Sequence)).ToList();
        requests.ForEach(_volatileRepos.Learn);
        answers.ForEach(answer => _volatileRepos.Learn(answer.Message));
        var ticks = new TickHistory(_volatileRepos);
        requests.ForEach(ticks.LearnRequest);
        answers.ForEach(answer => ticks.LearnAnswer(answer.Message, answer.Sequence));
        return ticks;
    }

    private static List<IMessage> Parse(MessageParser? parser, IEnumerable<byte[]> messages)
    {
        try
        {
            return parser is null ? [] : [.. messages.Select(parser.ParseFrom)];
        }
        catch (InvalidProtocolBufferException)
        {
            // A recording of another release may have answers of another type. They are not compared.
            return [];
        }
    }

    private IEnumerable<Difference> CompareStatus(RecordedCall call, Answer answer)
    {
        if (call.Code != answer.Code)
        {
            yield return new Difference("code", $"{call.Code} {call.Message}", $"{answer.Code} {answer.Message}");
        }
        else if (IsTextOfTheServer(call) && !_texts.AreEqual(call.Message, answer.Message, hashesVary: false))
        {
            yield return new Difference("message", call.Message, answer.Message);
        }
    }

    // When the connection is lost or the client ends the call, the text comes from the client.
    private static bool IsTextOfTheServer(RecordedCall call) => !call.CrashedTheServer && !call.WasGivenUp;

    private IEnumerable<Difference> CompareMessages(RecordedCall call, IMessage? request, Answer answer)
    {
        // Buffers decide how much of a stream arrives before the server crashes.
        if (call.CrashedTheServer)
        {
            return [];
        }

        if (_types.AnswerOf(call.Method) is not { } parser)
        {
            return call.Responses.Count == answer.Messages.Count ? [] : [CountDiffers(call.Responses.Count, answer.Messages.Count)];
        }

        return CompareMessages(call.Method, request, Parse(parser, call.Responses), Parse(parser, answer.Messages));
    }

    private IEnumerable<Difference> CompareMessages(string method, IMessage? request, List<IMessage> recorded, List<IMessage> replayed)
    {
        var varies = request is not null && _volatileRepos.IsAbout(request);
        return method switch
        {
            _ when ContentComparer.IsContent(method) => new ContentComparer(_texts, _messages).Compare(request, recorded, replayed, varies),
            _ when ListingComparer.IsListing(method) => new ListingComparer(_map, _volatileRepos).Compare(recorded, replayed),
            "/admin.API/Extract" => new ExtractComparer(_messages, new ListingComparer(_map, _volatileRepos), _volatileRepos, _pipelinesAreRandom).Compare(recorded, replayed),
            "/pps.API/ListPipeline" when _pipelinesAreRandom => CompareInOrder(SortPipelines(recorded), SortPipelines(replayed), varies),
            "/pfs.API/GlobFileStream" or "/pfs.API/GlobFile" when _isRandom =>
                CompareInOrder(FileOrder.Sort(recorded), FileOrder.Sort(replayed), varies),
            _ => CompareInOrder([.. CommitTies.Break(recorded)], [.. CommitTies.Break(replayed)], varies),
        };
    }

    /// <summary>Sorts lists of pipelines by name; the versions of a pipeline keep their order.</summary>
    private static List<IMessage> SortPipelines(IEnumerable<IMessage> lists) =>
        [.. lists.Cast<PipelineInfos>().Select(list => new PipelineInfos { PipelineInfo = { list.PipelineInfo.OrderBy(info => info.Pipeline.Name, StringComparer.Ordinal) } })];

    private IEnumerable<Difference> CompareInOrder(List<IMessage> recorded, List<IMessage> replayed, bool varies)
    {
        var differences = recorded.Zip(replayed)
            .SelectMany((pair, index) => _messages.Compare($"response[{index}]", pair.First, pair.Second, varies));
        return recorded.Count == replayed.Count ? differences : differences.Prepend(CountDiffers(recorded.Count, replayed.Count));
    }

    private static Difference CountDiffers(int expected, int got) =>
        new("response", $"{expected} messages", $"{got} messages", ChangesShape: true);
}
