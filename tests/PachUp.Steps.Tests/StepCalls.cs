using PachUp.Sdk;

namespace PachUp.Steps.Tests;

/// <summary>Calls of steps as tests write them.</summary>
internal static class StepCalls
{
    public static Task<StepPreview> PreviewAsync<TArguments>(this IStep<TArguments> step, TArguments arguments, IStepContext context)
        where TArguments : class => step.PreviewAsync(arguments, context, CancellationToken.None);

    public static Task<StepResult> ExecuteAsync<TArguments>(this IStep<TArguments> step, TArguments arguments, IStepExecution execution)
        where TArguments : class => step.ExecuteAsync(arguments, execution, CancellationToken.None);

    public static Task<StepResult> RevertAsync<TArguments>(this IRevertibleStep<TArguments> step, TArguments arguments, IStepExecution execution)
        where TArguments : class => step.RevertAsync(arguments, execution, CancellationToken.None);

    /// <summary>The effects of a preview, each as <c>verb thing</c>.</summary>
    public static IEnumerable<string> Does(this StepPreview preview) => preview.Effects.Select(effect => $"{effect.Verb} {effect.Thing}");
}
