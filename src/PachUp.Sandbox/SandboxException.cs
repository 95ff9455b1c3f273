namespace PachUp.Sandbox;

/// <summary>A sandbox cluster that could not be started or filled.</summary>
/// <param name="message">What was tried, what went wrong and what to do next.</param>
/// <param name="innerException">The cause.</param>
public sealed class SandboxException(string message, Exception? innerException = null) : Exception(message, innerException);
