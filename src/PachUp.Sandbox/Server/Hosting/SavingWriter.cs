using Grpc.Core;

namespace PachUp.Sandbox.Server.Hosting;

/// <summary>Saves all changes before it sends a message.</summary>
internal sealed class SavingWriter<T>(IServerStreamWriter<T> inner, Pachd pachd) : IServerStreamWriter<T>
{
    public WriteOptions? WriteOptions
    {
        get => inner.WriteOptions;
        set => inner.WriteOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        pachd.Save();
        return inner.WriteAsync(message, cancellationToken);
    }
}
