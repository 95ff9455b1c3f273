namespace PachUp.Pachyderm.Archives;

/// <summary>The file is incomplete, damaged, mixed from several generations, or not an archive.</summary>
/// <param name="message">What is wrong and where: the number of the operation and the byte offset in the uncompressed stream.</param>
/// <param name="innerException">The exception of the decoder, if there is one.</param>
public sealed class ArchiveCorruptException(string message, Exception? innerException = null) : Exception(message, innerException);
