namespace PachUp.Views;

/// <summary>The answer of a command that could not give one, with <c>--output json</c>.</summary>
/// <param name="Error">Why.</param>
internal sealed record ErrorDocument(ErrorOfDocument Error);

/// <summary>Why a command could not answer.</summary>
/// <param name="ExitCode">What the process returns.</param>
/// <param name="Message">What happened.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Details">More about it, line by line.</param>
internal sealed record ErrorOfDocument(int ExitCode, string Message, string Remedy, IReadOnlyList<string> Details);
