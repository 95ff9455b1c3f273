using System.Collections.Immutable;
using PachUp.Engine.Steps;
using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Runs;

/// <summary>Steps whose actions the test chooses by their ids. By default a step only reports that it is done.</summary>
/// <param name="tell">Called before each action.</param>
internal sealed class ScriptedSteps(Action<IStepExecution, string> tell)
{
    /// <summary>The actions of steps.</summary>
    public Dictionary<string, Func<IStepExecution, StepResult>> Acts { get; } = [];

    /// <summary>The actions when steps are undone.</summary>
    public Dictionary<string, Func<IStepExecution, StepResult>> Undoes { get; } = [];

    /// <summary>
    /// The kinds of steps: <c>test/undoable</c> can be undone, <c>test/lasting</c> cannot; <c>test/extracting</c> extracts the source,
    /// <c>test/removing</c> removes it, <c>test/filling</c> fills the target, <c>test/comparing</c> compares it, <c>test/switching</c> makes clients use it, <c>test/opening</c> lets
    /// writers into a cluster, and <c>test/safe</c> can be rehearsed.
    /// </summary>
    public StepCatalogue Catalogue => new(
    [
        Describe(new Undoable("test/undoable", this)),
        Describe(new Lasting("test/lasting", this, StepTraits.Default)),
        Describe(new Lasting("test/extracting", this, new StepTraits { ExtractsSource = true })),
        Describe(new Lasting("test/removing", this, new StepTraits { RemovesSource = true })),
        Describe(new Lasting("test/filling", this, new StepTraits { FillsTarget = true })),
        Describe(new Lasting("test/comparing", this, new StepTraits { ComparesTarget = true })),
        Describe(new Lasting("test/switching", this, new StepTraits { SwitchesClients = true })),
        Describe(new Lasting("test/opening", this, new StepTraits { LetsWritersIn = true, ActsOnDeployment = true })),
        Describe(new Lasting("test/safe", this, new StepTraits { IsSafeInRehearsal = true })),
    ]);

    /// <summary>The step that carries late writes.</summary>
    public StepDescriptor CatchUp => Describe(new Lasting("test/catching-up", this, new StepTraits { CatchesUp = true }));

    private static StepDescriptor Describe(IStep<ScriptedArguments> step) => StepDescriptor.For(step, "the tests", new PluginActivity());

    private Task<StepResult> ActAsync(IStepExecution execution, ScriptedArguments arguments)
    {
        tell(execution, arguments.Text.Length == 0 ? $"{execution.StepId} acts" : $"{execution.StepId} acts with \"{arguments.Text}\"");
        return Task.FromResult(Acts.GetValueOrDefault(execution.StepId)?.Invoke(execution) ?? new StepResult($"Did {execution.StepId}"));
    }

    private Task<StepResult> UndoAsync(IStepExecution execution)
    {
        tell(execution, $"{execution.StepId} is undone");
        return Task.FromResult(Undoes.GetValueOrDefault(execution.StepId)?.Invoke(execution) ?? new StepResult($"Undid {execution.StepId}"));
    }

    private class Lasting(string name, ScriptedSteps script, StepTraits traits) : IStep<ScriptedArguments>
    {
        public string Name => name;

        public StepTraits Traits => traits;

        public string Summary => "Does what a test says.";

        protected ScriptedSteps Script => script;

        public Task<StepPreview> PreviewAsync(ScriptedArguments arguments, IStepContext context, CancellationToken cancellationToken) =>
            Task.FromResult(new StepPreview($"Would do \"{arguments.Text}\" {arguments.Count} times") { Effects = [new Effect("touch", arguments.Text, arguments.File)] });

        public Task<StepResult> ExecuteAsync(ScriptedArguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
            script.ActAsync(execution, arguments);

        public virtual string DescribeRollback(ScriptedArguments arguments, IStepExecution execution) => $"What {execution.StepId} did stays.";
    }

    private sealed class Undoable(string name, ScriptedSteps script) : Lasting(name, script, StepTraits.Default), IRevertibleStep<ScriptedArguments>
    {
        public Task<StepResult> RevertAsync(ScriptedArguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
            Script.UndoAsync(execution);

        public override string DescribeRollback(ScriptedArguments arguments, IStepExecution execution) => $"Undoes {execution.StepId}.";
    }
}

public sealed record ScriptedArguments : IAcceptsChecks, IWritesFiles, IChoosesCluster
{
    /// <summary>The cluster on which the step works.</summary>
    public ClusterChoice Cluster { get; init; } = ClusterChoice.Source;

    /// <summary>A text for the transcript.</summary>
    public string Text { get; init; } = "";

    /// <summary>How often.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Names of checks whose warnings are accepted.</summary>
    public ImmutableArray<string> Accept { get; init; } = [];

    /// <summary>A file that the step writes.</summary>
    public string File { get; init; } = "";

    public object Within(string directory) => this with { File = IWritesFiles.Move(File, directory) };
}
