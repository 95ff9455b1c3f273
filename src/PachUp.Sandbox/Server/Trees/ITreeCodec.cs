using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>How a release writes the files of a commit into an object.</summary>
internal interface ITreeCodec
{
    byte[] Write(HashTree tree);

    /// <exception cref="PachdError">The bytes are not a tree of this kind.</exception>
    HashTree Read(ReadOnlyMemory<byte> bytes);
}
