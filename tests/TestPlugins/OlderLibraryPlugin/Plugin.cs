using System.Reflection;
using CsvHelper;
using PachUp.Sdk;

namespace LibraryPlugin;

/// <summary>Offers a step under the name of its own assembly, of which there are two.</summary>
public sealed class Plugin : IPachUpPlugin
{
    public void Register(IPluginRegistry registry) => registry.AddStep(new LibraryStep());
}

public sealed record NoArguments;

/// <summary>Says which version of the library it works with, and how often it was done: it keeps that where nothing should be kept.</summary>
public sealed class LibraryStep : IStep<NoArguments>
{
    private static int _calls;

    public string Name => Assembly.GetExecutingAssembly().GetName().Name == "OlderLibraryPlugin" ? "older/library" : "newer/library";

    public string Summary => "Says which version of a library it works with.";

    public Task<StepPreview> PreviewAsync(NoArguments arguments, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview("Would say it"));

    public Task<StepResult> ExecuteAsync(NoArguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult($"CsvHelper {typeof(CsvReader).Assembly.GetName().Version}, call {++_calls}"));
}
