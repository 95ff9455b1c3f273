using Google.Protobuf;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Admin;

namespace PachUp.Sandbox.Server.Admin;

/// <summary>Makes operations of the generation that the release sends.</summary>
internal sealed class OperationFactory(Pachd pachd)
{
    public Op Create(OperationKind kind, IMessage message) =>
        Op.Parser.ParseFrom(Operation.Create(pachd.Traits.Release.Generation, kind, message).Bytes.Span);
}
