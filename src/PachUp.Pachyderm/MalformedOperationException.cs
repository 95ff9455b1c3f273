namespace PachUp.Pachyderm;

/// <summary>Bytes that are not one operation of an extract stream.</summary>
/// <param name="message">What is wrong with the bytes.</param>
/// <param name="innerException">What the parser said, if it spoke.</param>
public sealed class MalformedOperationException(string message, Exception? innerException = null) : Exception(message, innerException);
