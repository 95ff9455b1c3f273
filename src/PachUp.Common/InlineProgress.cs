namespace PachUp.Common;

/// <summary>
/// Progress that is handled on the reporting thread. <see cref="Progress{T}"/> posts to another thread and can change the order.
/// </summary>
/// <typeparam name="T">The type of a report.</typeparam>
/// <param name="handle">Handles each report.</param>
public sealed class InlineProgress<T>(Action<T> handle) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => handle(value);
}
