using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests.Connections;

/// <summary>Which proxy the environment gives to an API server, by the rules of Go's HTTP client.</summary>
public sealed class KubeProxyTests
{
    [Theory]
    [InlineData("https://10.1.2.3:6443", "", true)]
    [InlineData("https://127.0.0.1:6443", "", false)]
    [InlineData("https://127.8.9.1:6443", "", false)]
    [InlineData("https://[::1]:6443", "", false)]
    [InlineData("https://localhost:6443", "", false)]
    [InlineData("https://LOCALHOST:6443", "", false)]
    [InlineData("https://10.1.2.3:6443", "*", false)]
    [InlineData("https://10.1.2.3:6443", "example.com, *", false)]
    [InlineData("https://10.1.2.3:6443", "10.0.0.0/8", false)]
    [InlineData("https://11.1.2.3:6443", "10.0.0.0/8", true)]
    [InlineData("https://api.example.com:6443", "10.0.0.0/8", true)]
    [InlineData("https://[fd00::1]:6443", "fd00::/8", false)]
    [InlineData("https://10.1.2.3:6443", "10.1.2.3", false)]
    [InlineData("https://10.1.2.3:6443", "10.1.2.3:6443", false)]
    [InlineData("https://10.1.2.3:6443", "10.1.2.3:443", true)]
    [InlineData("https://10.1.2.3", "10.1.2.3:443", false)]
    [InlineData("https://10.1.2.33:6443", "10.1.2.3", true)]
    [InlineData("https://[fd00::1]:6443", "[fd00::1]:6443", false)]
    [InlineData("https://[fd00::1]:6443", "fd00::1", false)]
    [InlineData("https://example.com", "example.com", false)]
    [InlineData("https://api.example.com", "example.com", false)]
    [InlineData("https://notexample.com", "example.com", true)]
    [InlineData("https://example.com", ".example.com", true)]
    [InlineData("https://api.example.com", ".example.com", false)]
    [InlineData("https://example.com", "*.example.com", true)]
    [InlineData("https://api.example.com", "*.example.com", false)]
    [InlineData("https://api.example.com:6443", "example.com:6443", false)]
    [InlineData("https://api.example.com:6443", "example.com:443", true)]
    [InlineData("https://API.Example.COM", " Example.com ,", false)]
    [InlineData("https://api.example.com", ",:443,/,::", true)]
    public void AServer_IsReachedThroughIt_UnlessItIsLoopbackOrListed(string server, string noProxy, bool isUsed)
    {
        var proxy = Find(server, ("HTTPS_PROXY", "http://proxy.example:3128"), ("NO_PROXY", noProxy));

        Assert.Equal(isUsed ? "the proxy http://proxy.example:3128 (from HTTPS_PROXY)" : null, proxy?.ToString());
    }

    [Theory]
    [InlineData("HTTPS_PROXY", "proxy.example:3128", "the proxy http://proxy.example:3128 (from HTTPS_PROXY)")]
    [InlineData("https_proxy", "https://proxy.example", "the proxy https://proxy.example (from https_proxy)")]
    [InlineData("HTTPS_PROXY", "socks5://proxy.example:1080", "the proxy socks5://proxy.example:1080 (from HTTPS_PROXY)")]
    [InlineData("HTTPS_PROXY", "http://user:secret@proxy.example:3128", "the proxy http://proxy.example:3128 (from HTTPS_PROXY)")]
    [InlineData("HTTP_PROXY", "http://proxy.example:3128", null)]
    [InlineData("ALL_PROXY", "http://proxy.example:3128", null)]
    public void AVariable_IsReadAsGoReadsIt_AndItsPasswordNeverShown(string variable, string value, string? expected) =>
        Assert.Equal(expected, Find("https://api.example.com", (variable, value))?.ToString());

    [Fact]
    public void AVariableThatHoldsNoProxy_IsNamed() => Assert.Equal(
        "HTTPS_PROXY does not contain the address of a proxy",
        Assert.Throws<StepFailedException>(() => Find("https://api.example.com", ("HTTPS_PROXY", "ftp://proxy.example"))).Message);

    private static KubeProxy? Find(string server, params (string Name, string Value)[] environment) => KubeProxy.Find(
        new Uri(server), cluster: null, name => environment.FirstOrDefault(variable => variable.Name == name).Value);
}
