using System.Runtime.CompilerServices;
using PachUp.Pachyderm;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Streams;

/// <summary>
/// Rewrites a stream. Objects and tags pass unchanged. For everything else, the stream gives the order and the decisions give the content. It also
/// adds what is not in the stream: extract leaves out every repo that has a branch with provenance.
/// </summary>
internal sealed class OperationRewriter(MigrationDecisions decisions) : IOperationRewriter
{
    public async IAsyncEnumerable<Operation> RewriteAsync(
        IAsyncEnumerable<Operation> operations, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stream = new TargetStream(decisions);
        await foreach (var operation in operations.WithCancellation(cancellationToken))
        {
            foreach (var rewritten in stream.Take(operation))
            {
                yield return rewritten;
            }
        }

        foreach (var rest in stream.Complete())
        {
            yield return rest;
        }
    }
}
