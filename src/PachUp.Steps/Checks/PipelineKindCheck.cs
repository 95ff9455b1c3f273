using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>A check that warns about pipelines of one kind, such as those with a git input.</summary>
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

    /// <summary>The kind of pipeline or input: <c>git input</c>.</summary>
    protected abstract string Kind { get; }

    /// <summary>What the user has to do about such pipelines.</summary>
    protected abstract string Remedy { get; }

    /// <summary>The finding for this many of them.</summary>
    protected abstract string Found(string count);

    /// <summary>Describes the parts of a pipeline that are of this kind; none for most pipelines.</summary>
    protected abstract IEnumerable<string> Parts(PipelineInfo pipeline);

    private IEnumerable<string> DescribeParts(PipelineInventory pipeline) => Parts(pipeline.Info).Select(part => $"pipeline {pipeline.Name}: {part}");
}
