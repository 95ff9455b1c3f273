using System.Collections.Immutable;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Steps;
using PachUp.Engine.Steps.Failing;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Plans;

/// <summary>Steps with arguments like those of the real steps. They only report their arguments.</summary>
internal static class StandInSteps
{
    public static StepCatalogue Catalogue { get; } = new(
    [
        Describe<CheckArguments>("pachyderm/check"),
        Describe<ClusterArguments>("platform/save"),
        Describe<PauseArguments>("pachyderm/pause"),
        Describe<ClusterArguments>("platform/fence"),
        Describe<ExtractArguments>("pachyderm/extract"),
        Describe<UndeployArguments>("platform/undeploy"),
        Describe<DeployArguments>("platform/deploy"),
        Describe<RestoreArguments>("pachyderm/restore"),
        Describe<VerifyArguments>("pachyderm/verify"),
        Describe<ResumeArguments>("pachyderm/resume"),
        Describe<ClusterArguments>("platform/unfence"),
    ]);

    public static PlanLoader Loader(params (string Name, string Value)[] environment) => new()
    {
        Steps = Catalogue,
        Platforms = ["external", "sandbox"],
        Environment = name => environment.FirstOrDefault(variable => variable.Name == name).Value,
    };

    private static StepDescriptor Describe<T>(string name)
        where T : class => StepDescriptor.For(new StandInStep<T>(name), "the tests", new PluginActivity());

    private sealed class StandInStep<T>(string name) : IStep<T>
        where T : class
    {
        public string Name => name;

        public string Summary => $"Stands in for {name}.";

        public Task<StepPreview> PreviewAsync(T arguments, IStepContext context, CancellationToken cancellationToken) =>
            Task.FromResult(new StepPreview($"{arguments}"));

        public Task<StepResult> ExecuteAsync(T arguments, IStepExecution execution, CancellationToken cancellationToken) =>
            Task.FromResult(new StepResult($"{arguments}"));
    }
}

public enum Which
{
    Source,
    Target,
}

public sealed record VerifyArguments
{
    /// <summary>How many bytes to read.</summary>
    public long ReadBytes { get; init; }
}

public sealed record CheckArguments
{
    /// <summary>Names of checks whose warnings are accepted.</summary>
    public ImmutableArray<string> Accept { get; init; } = [];
}

public sealed record ClusterArguments
{
    /// <summary>Which cluster.</summary>
    public Which Cluster { get; init; }
}

public sealed record ResumeArguments
{
    /// <summary>Which cluster.</summary>
    public Which Cluster { get; init; }

    /// <summary>What becomes of missed ticks.</summary>
    public string MissedTicks { get; init; } = "skip";
}

public sealed record PauseArguments
{
    /// <summary>Which cluster.</summary>
    public Which Cluster { get; init; } = Which.Source;

    /// <summary>When to give up waiting for jobs.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>What happens to jobs.</summary>
    public string Jobs { get; init; } = "break-off";
}

public sealed record ExtractArguments
{
    /// <summary>Whether objects and tags are taken along.</summary>
    public bool Objects { get; init; }

    /// <summary>The file to write.</summary>
    public required string To { get; init; }

    /// <summary>How often to try, see <see cref="Which.Source"/>.</summary>
    public int Attempts { get; init; } = 3;
}

public sealed record UndeployArguments
{
    /// <summary>Which cluster.</summary>
    public required Which Cluster { get; init; }

    /// <summary>Whether its volumes stay.</summary>
    public bool KeepVolumes { get; init; } = true;

    /// <summary>When to give up.</summary>
    public TimeSpan Timeout { get; init; }
}

public sealed record DeployArguments
{
    /// <summary>Which cluster.</summary>
    public required Which Cluster { get; init; }

    /// <summary>The release to deploy.</summary>
    public required Release Release { get; init; }

    /// <summary>Whether it starts on empty metadata storage.</summary>
    public bool FreshMetadata { get; init; }

    /// <summary>When to give up waiting.</summary>
    public TimeSpan? Timeout { get; init; }
}

public sealed record RestoreArguments
{
    /// <summary>The archive to read.</summary>
    public required string From { get; init; }

    /// <summary>What happens to output.</summary>
    public string Outputs { get; init; } = "recompute";
}
