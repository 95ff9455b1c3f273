namespace PachUp.Pachyderm;

/// <summary>The bytes are not a valid operation of an extract stream.</summary>
/// <param name="message">What is wrong with the bytes.</param>
/// <param name="innerException">The exception of the parser, if there is one.</param>
public sealed class MalformedOperationException(string message, Exception? innerException = null) : Exception(message, innerException);
