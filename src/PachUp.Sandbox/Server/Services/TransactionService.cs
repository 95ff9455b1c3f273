using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Transaction;

namespace PachUp.Sandbox.Server.Services;

/// <summary>Transactions over several calls. The sandbox lists none.</summary>
internal sealed class TransactionService : API.APIBase
{
    public override Task<Empty> DeleteAll(DeleteAllRequest request, ServerCallContext context) => Task.FromResult(new Empty());

    public override Task<TransactionInfos> ListTransaction(ListTransactionRequest request, ServerCallContext context) => Task.FromResult(new TransactionInfos());
}
