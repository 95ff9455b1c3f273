namespace PachUp.Pachyderm.Archives;

/// <summary>A file that is broken off, damaged, mixed or no archive at all.</summary>
/// <param name="message">What is wrong and where: the number of the operation and the byte offset in the uncompressed stream.</param>
/// <param name="innerException">What the decoder said, if it spoke.</param>
public sealed class ArchiveCorruptException(string message, Exception? innerException = null) : Exception(message, innerException);
