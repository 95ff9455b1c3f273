namespace PachUp.Conformance.Mapping;

/// <summary>The kinds of text parts that differ from run to run.</summary>
public enum TokenKind
{
    /// <summary>Text that is the same in every run.</summary>
    Literal,

    /// <summary>32 hex digits, the 13th a 4: a commit, a job, a cluster, a salt, a block.</summary>
    Id,

    /// <summary>128 hex digits: the hash of an object.</summary>
    Hash,

    /// <summary>68 hex digits: the name of a datum's results. It depends on the random salt of the pipeline.</summary>
    DatumTag,

    /// <summary>A time in the format of RFC 3339: the name or content of a cron tick.</summary>
    Time,

    /// <summary>An IP address with its port.</summary>
    Address,
}

/// <summary>A part of a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The part itself.</param>
public readonly record struct Token(TokenKind Kind, string Text);
