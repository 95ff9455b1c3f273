namespace PachUp.Cli.Terminals;

/// <summary>Who the answer of a command is for.</summary>
internal enum AnswerFormat
{
    /// <summary>People.</summary>
    Text,

    /// <summary>A program that reads one document.</summary>
    Json,

    /// <summary>A program that follows what happens.</summary>
    JsonLines,
}
