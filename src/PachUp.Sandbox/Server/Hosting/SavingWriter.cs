using Grpc.Core;

namespace PachUp.Sandbox.Server.Hosting;

/// <summary>Sends a message when everything that it may tell of is on disk.</summary>
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
