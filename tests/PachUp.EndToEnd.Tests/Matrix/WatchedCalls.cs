using PachUp.Pachyderm.Connections;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>The clusters of an environment behind proxies.</summary>
internal sealed class WatchedCalls : IAsyncDisposable
{
    private readonly Dictionary<string, CallProxy> _proxies = [];

    private WatchedCalls(string[] arguments) => Arguments = arguments;

    /// <summary>The command that runs the plan through the proxies.</summary>
    public string[] Arguments { get; }

    /// <summary>The target behind its proxy.</summary>
    public CallProxy Target => _proxies["--target"];

    public static async Task<WatchedCalls> OfAsync(MatrixEnvironment environment)
    {
        var calls = new WatchedCalls([.. environment.Arguments]);
        foreach (var (option, name) in environment.Arguments.Index().Where(argument => argument.Item is "--source" or "--target"))
        {
            var proxy = calls._proxies[name] = await CallProxy.StartAsync(ClusterAddress.Parse(environment.Arguments[option + 1], name));
            calls.Arguments[option + 1] = proxy.Address.ToString();
        }

        return calls;
    }

    public void OnPassing(Action<PassingCall> watch) => _proxies.Values.ToList().ForEach(proxy => proxy.Passing = watch);

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies.Values)
        {
            await proxy.DisposeAsync();
        }
    }
}
