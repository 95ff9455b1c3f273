using Grpc.Core;
using PachUp.Engine.Steps.Failing;
using PachUp.Pachyderm.Connections;

namespace PachUp.Engine.Tests.Steps.Failing;

public class FailuresTests
{
    [Fact]
    public void A_transaction_that_is_too_large_for_etcd_names_the_option_that_raises_its_limit()
    {
        const string detail = "error creating commit: etcdserver: too many operations in txn request (131 comparisons, 118 puts: hint: ...)";
        var refused = new PachdException("could not restore", PachdFailure.Refused, new RpcException(new Status(StatusCode.Unknown, detail)));

        var failure = Failures.Of(refused);

        Assert.Contains("--max-txn-ops=10000", failure!.Remedy, StringComparison.Ordinal);
    }
}
