using PachUp.Pachyderm.Connections;

namespace PachUp.Pachyderm.Tests.Connections;

public class ClusterAddressTests
{
    [Theory]
    [InlineData("localhost", "localhost", 30650, false, "localhost:30650")]
    [InlineData("localhost:650", "localhost", 650, false, "localhost:650")]
    [InlineData("  10.0.0.1:65535 ", "10.0.0.1", 65535, false, "10.0.0.1:65535")]
    [InlineData("grpc://pachd.example:1", "pachd.example", 1, false, "pachd.example:1")]
    [InlineData("http://pachd.example/", "pachd.example", 30650, false, "pachd.example:30650")]
    [InlineData("grpcs://pachd.example", "pachd.example", 30650, true, "grpcs://pachd.example:30650")]
    [InlineData("HTTPS://pachd.example:443", "pachd.example", 443, true, "grpcs://pachd.example:443")]
    [InlineData("[::1]:650", "::1", 650, false, "[::1]:650")]
    [InlineData("[::1]", "::1", 30650, false, "[::1]:30650")]
    [InlineData("::1", "::1", 30650, false, "[::1]:30650")]
    public void Valid_addresses_are_parsed(string text, string host, int port, bool tls, string shown)
    {
        var address = ClusterAddress.Parse(text, "--source");

        Assert.Equal((host, port, tls, "--source"), (address.Host, address.Port, address.Tls, address.Origin));
        Assert.Equal(shown, address.ToString());
    }

    [Theory]
    [InlineData("", "it has no host")]
    [InlineData(":650", "it has no host")]
    [InlineData("grpcs://", "it has no host")]
    [InlineData("localhost:", "the port \"\" is not a number from 1 to 65535")]
    [InlineData("localhost:0", "the port \"0\" is not a number from 1 to 65535")]
    [InlineData("localhost:65536", "the port \"65536\" is not a number from 1 to 65535")]
    [InlineData("localhost:-1", "the port \"-1\" is not a number from 1 to 65535")]
    [InlineData("localhost:http", "the port \"http\" is not a number from 1 to 65535")]
    [InlineData("ftp://localhost", "\"ftp\" is not one of grpc, grpcs, http, https")]
    [InlineData("two words", "\"two words\" is not a host name")]
    [InlineData("localhost:650/path", "the port \"650/path\" is not a number from 1 to 65535")]
    [InlineData("[::1", "\"[::1\" is not a host name")]
    [InlineData("[::1]650", "\"[::1]650\" is not a host name")]
    public void Invalid_addresses_are_refused_with_a_reason(string text, string why)
    {
        var error = Assert.Throws<FormatException>(() => ClusterAddress.Parse(text, "--source"));

        Assert.Contains(
            $"(from --source) cannot be used: {why}. Expected host, host:port or grpcs://host:port", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_host_and_port_are_the_same_endpoint()
    {
        var one = ClusterAddress.Parse("grpcs://Pachd.example:650", "--source");

        Assert.True(one.IsSameEndpoint(ClusterAddress.Parse("pachd.example:650", "--target")));
        Assert.False(one.IsSameEndpoint(ClusterAddress.Parse("pachd.example:651", "--target")));
    }

    [Fact]
    public void The_session_token_is_not_printed() =>
        Assert.DoesNotContain("secret", $"{new ClusterAddress { Host = "localhost", SessionToken = "secret" }}", StringComparison.Ordinal);

    [Fact]
    public void AForwardedAddress_HasATextForPeople_AndAnotherOneThatIsTheSameOnEveryMachine()
    {
        var forwarded = new ClusterAddress { Host = "127.0.0.1", Port = 39411, Label = "namespace old of kubernetes.example:6443", Description = "namespace old of context production" };

        Assert.Equal("namespace old of context production", $"{forwarded}");
        Assert.Equal("namespace old of kubernetes.example:6443", forwarded.Identity);
        Assert.Equal("namespace old of kubernetes.example:6443", $"{forwarded with { Description = "" }}");
    }
}
