using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PachUp.Engine.Yaml;

/// <summary>
/// Reads the part of YAML that plans use: mappings, lists and single values. It refuses anchors, aliases and deep nesting, which can make a small
/// file expensive to read, and tags and several documents, which other readers interpret differently.
/// </summary>
internal static class YamlReader
{
    private const int MaxDepth = 16;

    /// <summary>The parser also counts the stream and the document as levels.</summary>
    private const int DepthOfRoot = 2;

    /// <summary>The root of the document; null if the text is invalid, which is added to the mistakes.</summary>
    public static PlanNode? Read(string text, MistakeList mistakes)
    {
        if (TryParse(text, mistakes) is not { } events)
        {
            return null;
        }

        foreach (var refused in events.Where(IsRefused))
        {
            Refuse(refused, mistakes);
        }

        foreach (var document in events.OfType<DocumentStart>().Skip(1))
        {
            mistakes.Add(PositionOf(document.Start), "a second document starts here", "one plan per file");
        }

        return mistakes.IsEmpty ? TryBuild(events, text, mistakes) : null;
    }

    private static PlanNode? TryBuild(List<ParsingEvent> events, string text, MistakeList mistakes)
    {
        try
        {
            return new YamlTreeBuilder(events, mistakes).Build();
        }
        catch (SyntaxErrorException e)
        {
            AddSyntaxMistake(PositionOf(e.Start), e.Message, text, mistakes);
            return null;
        }
    }

    private static List<ParsingEvent>? TryParse(string text, MistakeList mistakes)
    {
        var events = new List<ParsingEvent>();
        var parser = new Parser(new StringReader(text));
        try
        {
            for (var depth = 0; parser.MoveNext(); depth += parser.Current!.NestingIncrease)
            {
                // Stop here, because the time of the parser grows with the square of the depth.
                if (depth > DepthOfRoot + MaxDepth)
                {
                    mistakes.Add(PositionOf(events[^1].Start), $"this is nested more than {MaxDepth} levels deep");
                    return null;
                }

                events.Add(parser.Current!);
            }

            return events;
        }
        catch (YamlException e)
        {
            AddSyntaxMistake(PositionOf(e.Start), FirstSentence(e.Message), text, mistakes);
        }
        catch (InvalidOperationException)
        {
            // The parser throws this if a list or mapping in brackets is not closed on its line.
            AddSyntaxMistake(PositionOf(events[^1].Start), "a list or mapping that starts here or before is not closed", text, mistakes);
        }

        return null;
    }

    private static void AddSyntaxMistake(PlanPosition position, string reason, string text, MistakeList mistakes)
    {
        if (TabInIndentation(text, position.Line) is { } tab)
        {
            mistakes.Add(tab, "the line is indented with a tab", "spaces, because YAML does not allow tabs here");
            return;
        }

        mistakes.Add(position, $"this is not YAML: {reason}");
    }

    /// <summary>The parser reports a tab on the line of the tab, or on the next line.</summary>
    private static PlanPosition? TabInIndentation(string text, int line)
    {
        var lines = text.Split('\n');
        foreach (var number in new[] { line, line - 1, line + 1 }.Where(number => number >= 1 && number <= lines.Length))
        {
            var content = lines[number - 1];
            var column = content.IndexOf('\t', StringComparison.Ordinal);
            if (column >= 0 && string.IsNullOrWhiteSpace(content[..column]))
            {
                return new PlanPosition(number, column + 1);
            }
        }

        return null;
    }

    private static string FirstSentence(string message) => message.TrimEnd('.').Split(". ")[0] is var first && first.Length > 0
        ? char.ToLowerInvariant(first[0]) + first[1..]
        : message;

    private static bool IsRefused(ParsingEvent parsed) =>
        parsed is AnchorAlias or NodeEvent { Anchor.IsEmpty: false } || parsed is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } };

    private static void Refuse(ParsingEvent parsed, MistakeList mistakes)
    {
        var problem = parsed switch
        {
            AnchorAlias alias => $"\"*{alias.Value}\" is a YAML alias, which plans do not support",
            NodeEvent { Anchor.IsEmpty: false } node => $"\"&{node.Anchor.Value}\" is a YAML anchor, which plans do not support",
            _ => $"\"{((NodeEvent)parsed).Tag}\" is a YAML tag, which plans do not support",
        };
        mistakes.Add(PositionOf(parsed.Start), problem, "the value itself; use a parameter for a value that occurs twice");
    }

    public static PlanPosition PositionOf(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}

/// <summary>Builds a tree from checked events, which have no aliases and a limited depth.</summary>
internal sealed class YamlTreeBuilder(List<ParsingEvent> events, MistakeList mistakes)
{
    private int _next = events.FindIndex(parsed => parsed is DocumentStart) + 1;

    /// <summary>The root; null for an empty file.</summary>
    public PlanNode? Build() => _next > 0 ? ReadNode() : null;

    /// <exception cref="SyntaxErrorException">The parser gave a key without a value, as it does for some mappings in brackets.</exception>
    private PlanNode ReadNode()
    {
        var parsed = events[_next++];
        return parsed switch
        {
            MappingStart => ReadMapping(YamlReader.PositionOf(parsed.Start)),
            SequenceStart => ReadSequence(YamlReader.PositionOf(parsed.Start)),
            Scalar scalar => ToScalar(scalar),
            _ => throw new SyntaxErrorException(parsed.Start, parsed.End, "a value is missing before this"),
        };
    }

    private PlanMapping ReadMapping(PlanPosition position)
    {
        var entries = ImmutableArray.CreateBuilder<PlanEntry>();
        while (events[_next] is not MappingEnd)
        {
            var key = ReadNode();
            var value = ReadNode();
            if (IsNewKey(key, entries))
            {
                entries.Add(new PlanEntry((PlanScalar)key, value));
            }
        }

        _next++;
        return new PlanMapping(position, entries.DrainToImmutable());
    }

    private bool IsNewKey(PlanNode key, IEnumerable<PlanEntry> entries)
    {
        if (key is not PlanScalar scalar)
        {
            mistakes.Add(key.Position, $"a key is {key.Kind}", "a name");
            return false;
        }

        if (entries.FirstOrDefault(entry => entry.Key.Value == scalar.Value) is not { } first)
        {
            return true;
        }

        mistakes.Add(key.Position, $"the key \"{scalar.Value}\" is given twice, first in line {first.Key.Position.Line}");
        return false;
    }

    private PlanSequence ReadSequence(PlanPosition position)
    {
        var items = ImmutableArray.CreateBuilder<PlanNode>();
        while (events[_next] is not SequenceEnd)
        {
            items.Add(ReadNode());
        }

        _next++;
        return new PlanSequence(position, items.DrainToImmutable());
    }

    private static PlanScalar ToScalar(Scalar scalar)
    {
        var start = YamlReader.PositionOf(scalar.Start);
        var quotes = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? 1 : 0;
        var isVerbatim = scalar.End.Line == scalar.Start.Line && scalar.End.Column - scalar.Start.Column == scalar.Value.Length + (2 * quotes);
        return new PlanScalar(
            start,
            scalar.Value,
            isVerbatim ? start with { Column = start.Column + quotes } : null,
            scalar.Style is ScalarStyle.Plain);
    }
}
