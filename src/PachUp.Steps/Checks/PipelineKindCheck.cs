using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Asks for pipelines of one kind that somebody outside of the cluster, or its clock, works on.</summary>
internal abstract class PipelineKindCheck : ICheck
{
    public abstract string Name { get; }

    public abstract string Question { get; }

    public abstract CheckGuide Guide { get; }

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var items = context.Survey.Source.Pipelines.SelectMany(DescribeParts).ToList();
        return Task.FromResult(items.Count == 0
            ? CheckResult.Passed($"There are no {Kind}s")
            : CheckResult.Warning(Found(Words.Count(items.Count, Kind)), Remedy, items));
    }

    /// <summary>What it looks for: <c>cron input</c>.</summary>
    protected abstract string Kind { get; }

    /// <summary>What to do about them.</summary>
    protected abstract string Remedy { get; }

    /// <summary>What to say of so many of them.</summary>
    protected abstract string Found(string count);

    /// <summary>The parts of a pipeline that are of the kind, in words; none for most pipelines.</summary>
    protected abstract IEnumerable<string> Parts(PipelineInfo pipeline);

    private IEnumerable<string> DescribeParts(PipelineInventory pipeline) => Parts(pipeline.Info).Select(part => $"pipeline {pipeline.Name}: {part}");
}
