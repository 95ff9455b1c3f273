using System.Collections.Immutable;
using System.Text.Json;
using PachUp.Sdk;

namespace MisbehavingPlugin;

public sealed record LeakArguments
{
    /// <summary>What nobody should tell.</summary>
    public required string Secret { get; init; }

    /// <summary>The same again, from somewhere else; empty for no comparison.</summary>
    public string Same { get; init; } = "";

    /// <summary>The file without which it fails; empty for never.</summary>
    public string Unless { get; init; } = "";
}

/// <summary>Tells a secret everywhere a step can, and notices whether it is still the same when it goes on.</summary>
public sealed class LeakStep : IRevertibleStep<LeakArguments>
{
    private const string Told = "told";

    public string Name => "bad/leak";

    public string Summary => "Tells what nobody should.";

    public Task<StepPreview> PreviewAsync(LeakArguments arguments, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview($"Would tell {arguments.Secret}") { Effects = [new Effect("tell", arguments.Secret, InUrl(arguments))], Notes = [arguments.Secret] });

    public Task<StepResult> ExecuteAsync(LeakArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        Console.WriteLine(arguments.Secret);
        Console.Error.WriteLine(InUrl(arguments));
        execution.Progress.Report(new StepProgress($"telling {arguments.Secret}"));
        ThrowUnlessSame(arguments, execution);
        execution.Record(new Checkpoint(Told) { Facts = Facts(arguments) });
        return arguments.Unless.Length > 0 && !File.Exists(arguments.Unless)
            ? throw new IOException($"{InUrl(arguments)} says {JsonSerializer.Serialize(arguments.Secret)}: {arguments.Secret} is wrong")
            : Task.FromResult(new StepResult($"Told {arguments.Secret}") { Outputs = Facts(arguments), Notes = [InUrl(arguments)] });
    }

    public Task<StepResult> RevertAsync(LeakArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        ThrowUnlessSame(arguments, execution);
        return Task.FromResult(new StepResult($"Took back {arguments.Secret}"));
    }

    private static ImmutableSortedDictionary<string, string> Facts(LeakArguments arguments) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(Told, arguments.Secret).Add("url", InUrl(arguments));

    private static void ThrowUnlessSame(LeakArguments arguments, IStepExecution execution)
    {
        if ((arguments.Same.Length > 0 && arguments.Same != arguments.Secret) || execution.Checkpoints.Any(told => told.Facts[Told] != arguments.Secret))
        {
            throw new StepFailedException("it is not what it was", "Tell the same again.");
        }
    }

    private static string InUrl(LeakArguments arguments) => $"https://{Uri.EscapeDataString(arguments.Secret)}@example.org";
}
