namespace PachUp.Sdk.Testing.Environments;

/// <summary>A rule is broken; the message says what differed and where.</summary>
internal sealed class RuleBrokenException(string message) : Exception(message);

/// <summary>A rule does not apply; the message says why.</summary>
internal sealed class NothingToAskException(string message) : Exception(message);
