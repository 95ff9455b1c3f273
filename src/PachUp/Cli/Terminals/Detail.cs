namespace PachUp.Cli.Terminals;

/// <summary>How much is told about work that goes on.</summary>
internal enum Detail
{
    /// <summary>What people want to follow.</summary>
    Normal,

    /// <summary>Only warnings, errors, questions and the answer.</summary>
    Quiet,

    /// <summary>Every piece of progress, and what steps log.</summary>
    Verbose,
}
