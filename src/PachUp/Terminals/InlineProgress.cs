namespace PachUp.Terminals;

/// <summary>Progress that is handled where it is reported, so that it is shown in its order.</summary>
/// <typeparam name="T">What is reported.</typeparam>
/// <param name="handle">Takes each report.</param>
internal sealed class InlineProgress<T>(Action<T> handle) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => handle(value);
}
