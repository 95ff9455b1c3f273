using System.Runtime.CompilerServices;
using Google.Protobuf;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.RewriterStreams"/>
internal sealed class RewriterStreams : Rule
{
    private const int Payload = 1024;
    private const int Looks = 8;
    private const int SizeRatio = 10;
    private const int Attempts = 3;

    public override string Name => RuleNames.RewriterStreams;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        var routes = PluginUnderTest.Load(plugin.Folder).Routes.ToList();
        if (routes.Count == 0)
        {
            throw new NothingToAskException("the plugin offers no route, and so no rewriter.");
        }

        var results = new List<string>();
        foreach (var route in routes)
        {
            results.Add(await LookAsync(route, RoutePair.Of(route, plugin), plugin.StreamedOperations, cancellationToken));
        }

        return string.Join("; ", results);
    }

    /// <summary>
    /// For a stream that is ten times as long, the rewriter may hold at most half of the additional bytes. Other tests in the process allocate memory
    /// too,
    /// so a measurement that is too high is repeated: what the rewriter itself holds is there each time.
    /// </summary>
    private static async Task<string> LookAsync(MigrationRoute route, RoutePair pair, int operations, CancellationToken cancellationToken)
    {
        var (shorter, bound) = (operations / SizeRatio, (long)(operations - (operations / SizeRatio)) * Payload / 2);
        var (least, most) = (0L, 0L);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            least = await MeasureAsync(pair.CreateRewriter(route), pair.From, shorter, cancellationToken);
            most = await MeasureAsync(pair.CreateRewriter(route), pair.From, operations, cancellationToken);
            if (most - least <= bound)
            {
                return $"{route.From} -> {route.To}: {operations:N0} operations held {Kilobytes(most)}, {shorter:N0} held {Kilobytes(least)}";
            }
        }

        throw new RuleBrokenException(
            $"the rewriter of {route.From} -> {route.To} held {Kilobytes(most)} of a stream of {operations:N0} operations and {Kilobytes(least)} of one of "
              + $"{shorter:N0}: it collects operations. Yield each operation at once, and decide from the inventory, which contains no objects.");
    }

    /// <summary>The largest number of additional bytes in memory while a stream passes.</summary>
    private static async Task<long> MeasureAsync(IOperationRewriter rewriter, Release from, int operations, CancellationToken cancellationToken)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        void Look() => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        await foreach (var _ in rewriter.RewriteAsync(StreamAsync(from, operations, Look, cancellationToken), cancellationToken))
        {
            // A sender keeps no reference to an operation.
        }

        return most;
    }

    private static async IAsyncEnumerable<Operation> StreamAsync(
        Release from, int operations, Action look, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var traits = ReleaseTraits.Of(from);
        var content = new byte[Payload];
        for (var number = 1; number <= operations; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return traits.BuildsCommitsWhole
                ? Operation.Create(traits.Generation, OperationKind.Block, new PutBlockRequest { Value = ByteString.CopyFrom(content) })
                : Operation.Create(traits.Generation, OperationKind.Object, new PutObjectRequest { Value = ByteString.CopyFrom(content) });
            if (number % (operations / Looks) == 0)
            {
                look();
            }
        }

        await Task.CompletedTask;
    }

    private static string Kilobytes(long bytes) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Max(0, bytes) / 1024:N0} KiB");
}
