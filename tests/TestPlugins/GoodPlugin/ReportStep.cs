using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using PachUp.Sdk;

namespace GoodPlugin;

public sealed record ReportArguments
{
    /// <summary>Something that nobody may read.</summary>
    public string Token { get; init; } = "";
}

/// <summary>Does all that a step can do through the contract: asks, logs, tells its progress, records, talks to both clusters, and gives outputs.</summary>
public sealed class ReportStep : IStep<ReportArguments>
{
    public string Name => "sample/report";

    public string Summary => "Looks at both clusters.";

    public Task<StepPreview> PreviewAsync(ReportArguments arguments, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview("Would look at both clusters") { Confirmation = "Has everybody been told?" });

    public async Task<StepResult> ExecuteAsync(ReportArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        execution.Progress.Report(new StepProgress("looking at clusters", 0, 2, "clusters"));
        var source = await execution.Source.Connect().GetReleaseAsync(cancellationToken);
        var target = await execution.Target.Connect().GetReleaseAsync(cancellationToken);
        var seen = string.Create(CultureInfo.InvariantCulture, $"Saw {source} and {target}");
        execution.Log.LogInformation("{Seen} with {Token}", seen, arguments.Token);
        execution.Record(new Checkpoint("seen") { Facts = ImmutableSortedDictionary<string, string>.Empty.Add("source", source.ToString()) });
        return new StepResult(seen)
        {
            Outputs = ImmutableSortedDictionary<string, string>.Empty.Add("target", target.ToString()),
        };
    }
}
