namespace PachUp.Common;

/// <summary>
/// Progress that is handled where it is reported, unlike <see cref="Progress{T}"/>, which posts to another thread and so loses the order.
/// </summary>
/// <typeparam name="T">What is reported.</typeparam>
/// <param name="handle">Takes each report.</param>
public sealed class InlineProgress<T>(Action<T> handle) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => handle(value);
}
