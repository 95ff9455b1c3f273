using PachUp.Engine.Planning;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.RewriterKeepsOrder"/>
internal sealed class RewriterKeepsOrder : Rule
{
    public override string Name => RuleNames.RewriterKeepsOrder;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        var routes = PluginUnderTest.Load(plugin.Folder).Routes.ToList();
        await using var environment = await TestEnvironment.StartAsync(plugin, cancellationToken);
        var source = await RoutePrediction.ReadSourceAsync(environment, cancellationToken);
        var route = routes.FirstOrDefault(route => route.From == source.Release.Line && route.To == environment.TargetRelease.Line)
            ?? throw new NothingToAskException("the plan uses no route of the plugin, and so no rewriter.");

        await using var client = PachdClient.Create(environment.Source.Address);
        var rewriter = route.CreateRewriter(source, environment.TargetRelease, environment.Plan.Options());
        var order = new OperationOrder(sendsOutputs: ReleaseTraits.Of(source.Release).ExtractsOutputs);
        await foreach (var operation in rewriter.RewriteAsync(client.ExtractAsync(includeObjects: true, cancellationToken: cancellationToken), cancellationToken))
        {
            order.Take(operation);
        }

        return $"{order.Count} operations in the order of an extract";
    }

    /// <summary>
    /// Content, tags, repos, pipelines, then commits (parents first) and branches. A source that extracts output sends pipelines after these, and jobs last.
    /// </summary>
    private sealed class OperationOrder(bool sendsOutputs)
    {
        private readonly HashSet<string> _commits = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _children = new(StringComparer.Ordinal);
        private OperationKind _last = OperationKind.Object;

        public int Count { get; private set; }

        public void Take(Operation operation)
        {
            Count++;
            if (IsForClock(operation))
            {
                return;
            }

            if (RankOf(operation.Kind) < RankOf(_last))
            {
                throw new RuleBrokenException(
                    $"operation {Count} is of kind {operation.Kind} but comes after one of kind {_last}; the order is {(sendsOutputs
                        ? "content, tags, repos, commits and branches, pipelines, jobs, as the source sends them."
                        : "objects, tags, repos, pipelines, then commits and branches, because the host stops pipelines before the first commit.")}");
            }

            _last = operation.Kind;
            if (operation.Kind == OperationKind.Commit)
            {
                TakeCommit(operation);
            }
        }

        /// <summary>Whether it is a pipeline with a cron input, which may come after everything else.</summary>
        private static bool IsForClock(Operation operation) =>
            operation.Kind == OperationKind.Pipeline && PipelineInputs.All(operation.AsPipeline().Input).Any(input => input.Cron is not null);

        private void TakeCommit(Operation operation)
        {
            var request = operation.AsCommit();
            var name = $"{request.Parent.Repo.Name}@{request.ID}";
            if (_children.TryGetValue(name, out var child))
            {
                throw new RuleBrokenException($"the commit {name} comes after its child {child}; send parents first.");
            }

            _commits.Add(name);
            if (request.Parent.Id.Length > 0 && $"{request.Parent.Repo.Name}@{request.Parent.Id}" is var parent && !_commits.Contains(parent))
            {
                _children.TryAdd(parent, name);
            }
        }

        private int RankOf(OperationKind kind) => kind switch
        {
            OperationKind.Object => 0,
            OperationKind.Block or OperationKind.CreateObject when sendsOutputs => 0,
            OperationKind.Tag => 1,
            OperationKind.Repo => 2,
            OperationKind.Pipeline => sendsOutputs ? 5 : 3,
            OperationKind.Commit or OperationKind.Branch => 4,
            OperationKind.Job when sendsOutputs => 6,
            _ => throw new RuleBrokenException($"no extract contains an operation of kind {kind}."),
        };
    }
}
