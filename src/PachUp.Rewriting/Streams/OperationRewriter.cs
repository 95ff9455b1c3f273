using System.Runtime.CompilerServices;
using PachUp.Pachyderm;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Streams;

/// <summary>
/// Rewrites a stream. Objects and tags pass through as they come; of everything else the stream gives the order, and the decisions the
/// content. What was decided and is not in the stream is added where it belongs: extract leaves out every repo that has a branch with provenance.
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
