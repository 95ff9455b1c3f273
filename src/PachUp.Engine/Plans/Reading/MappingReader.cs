using System.Collections.Immutable;
using PachUp.Engine.Yaml;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads one mapping of a plan key by key. It reports keys that are unknown or missing, and values of the wrong kind.</summary>
internal sealed class MappingReader
{
    private readonly PlanMapping _mapping;
    private readonly string _owner;
    private readonly MistakeList _mistakes;

    private MappingReader(PlanMapping mapping, string owner, MistakeList mistakes)
    {
        _mapping = mapping;
        _owner = owner;
        _mistakes = mistakes;
    }

    public PlanPosition Position => _mapping.Position;

    /// <summary>A reader for a node; null, with a report, if the node is not a mapping. Keys that are not listed are reported.</summary>
    /// <param name="node">The node.</param>
    /// <param name="owner">The name of the node in messages: <c>the plan</c>, <c>"from"</c>.</param>
    /// <param name="mistakes">Receives the mistakes.</param>
    /// <param name="keys">The allowed keys.</param>
    public static MappingReader? Open(PlanNode node, string owner, MistakeList mistakes, params IReadOnlyCollection<string> keys)
    {
        if (node is not PlanMapping mapping)
        {
            mistakes.Add(node.Position, $"{owner} is {node.Kind}", $"keys with values: {string.Join(", ", keys)}");
            return null;
        }

        foreach (var key in mapping.Entries.Select(entry => entry.Key).Where(key => !keys.Contains(key.Value)))
        {
            mistakes.AddUnknownName(key.Position, $"{owner} has no key \"{key.Value}\"", key.Value, keys);
        }

        return new MappingReader(mapping, owner, mistakes);
    }

    /// <summary>The value of a required key; null, with a report, if it is missing.</summary>
    public PlanNode? Required(string key, string expected)
    {
        if (_mapping.Find(key) is { } node)
        {
            return node;
        }

        _mistakes.Add(_mapping.Position, $"{_owner} has no \"{key}\"", expected);
        return null;
    }

    public PlanScalar? RequiredText(string key, string expected) => Required(key, expected) is { } node ? AsText(key, node, expected) : null;

    public PlanScalar? OptionalText(string key, string expected) => _mapping.Find(key) is { } node ? AsText(key, node, expected) : null;

    /// <summary>The value of a boolean key; <c>false</c> if the key is missing.</summary>
    public bool OptionalFlag(string key)
    {
        const string expected = "true or false";
        var scalar = OptionalText(key, expected);
        if (scalar is not (null or { Value: "true" or "false" }))
        {
            _mistakes.Add(scalar.Position, $"\"{key}\" is \"{scalar.Value}\"", expected);
        }

        return scalar is { Value: "true" };
    }

    public PlanMapping? OptionalMapping(string key, string expected)
    {
        if (_mapping.Find(key) is not { } node || node is PlanMapping)
        {
            return (PlanMapping?)_mapping.Find(key);
        }

        _mistakes.Add(node.Position, $"\"{key}\" is {node.Kind}", expected);
        return null;
    }

    /// <summary>The texts of a list; empty if the key is missing.</summary>
    public ImmutableArray<string> OptionalTexts(string key, string expected)
    {
        if (_mapping.Find(key) is not { } node)
        {
            return [];
        }

        if (node is not PlanSequence list)
        {
            _mistakes.Add(node.Position, $"\"{key}\" is {node.Kind}", expected);
            return [];
        }

        return [.. list.Items.Select(item => AsText(key, item, expected)?.Value).OfType<string>()];
    }

    public PlanSequence? RequiredList(string key, string expected)
    {
        var node = Required(key, expected);
        if (node is PlanSequence { Items.IsEmpty: false } or null)
        {
            return (PlanSequence?)node;
        }

        _mistakes.Add(node.Position, $"\"{key}\" is {(node is PlanSequence ? "an empty list" : node.Kind)}", expected);
        return null;
    }

    /// <summary>Requires one exact value.</summary>
    public void RequireExactly(string key, string value)
    {
        if (RequiredText(key, $"\"{value}\"") is { } scalar && scalar.Value != value)
        {
            _mistakes.Add(scalar.Position, $"\"{key}\" is \"{scalar.Value}\"", $"\"{value}\"");
        }
    }

    /// <summary>A value parsed from its text; the default, with a report, if it is missing or cannot be parsed.</summary>
    public T? RequiredValue<T>(string key, string expected)
        where T : IParsable<T>
    {
        if (RequiredText(key, expected) is not { } scalar)
        {
            return default;
        }

        if (!T.TryParse(scalar.Value, null, out var value))
        {
            _mistakes.Add(scalar.Position, $"\"{key}\" is \"{scalar.Value}\"", expected);
        }

        return value;
    }

    public bool Has(string key) => _mapping.Find(key) is not null;

    /// <summary>Whether the value of a key is this text.</summary>
    public bool Reads(string key, string text) => _mapping.Find(key) is PlanScalar scalar && scalar.Value == text;

    /// <summary>The position of the value of a key; the position of the mapping if the key is missing.</summary>
    public PlanPosition PositionOf(string key) => _mapping.Find(key)?.Position ?? _mapping.Position;

    private PlanScalar? AsText(string key, PlanNode node, string expected)
    {
        if (node is PlanScalar { IsNothing: false } scalar)
        {
            return scalar;
        }

        _mistakes.Add(node.Position, $"\"{key}\" is {node.Kind}", expected);
        return null;
    }
}
