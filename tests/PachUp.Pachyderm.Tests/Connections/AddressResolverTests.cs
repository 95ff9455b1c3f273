using System.Text;
using PachUp.Pachyderm.Connections;
using PachUp.TestKit;

namespace PachUp.Pachyderm.Tests.Connections;

public sealed class AddressResolverTests : IDisposable
{
    private const string Contexts = """
        {
          "user_id": "u",
          "v2": {
            "active_context": "prod",
            "contexts": {
              "prod": { "pachd_address": "grpcs://prod.example:650", "session_token": "prod-token", "cluster_name": "p", "namespace": "n" },
              "dev": { "pachd_address": "dev.example", "server_cas": "Q0VSVElGSUNBVEU=" },
              "forwarded": { "session_token": "x" }
            },
            "metrics": true
          }
        }
        """;

    private const string Flat = """
        { "user_id": "u", "v1": { "pachd_address": "old.example:30650", "server_cas": "", "session_token": "old-token" } }
        """;

    private readonly TemporaryFolder _home = new();
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _home.Dispose();

    [Fact]
    public void What_is_given_wins_over_everything()
    {
        _environment["PACHD_ADDRESS"] = "env.example";
        WriteConfig(Contexts);

        var address = Resolve("given.example:1");

        Assert.Equal(("given.example:1", "--source", ""), ($"{address}", address.Origin, address.SessionToken));
    }

    [Theory]
    [InlineData("pachd.example", "address.example", "pachd.example:30650", "PACHD_ADDRESS")]
    [InlineData("", "address.example", "address.example:30650", "ADDRESS")]
    public void The_environment_wins_over_the_config(string pachdAddress, string address, string expected, string origin)
    {
        (_environment["PACHD_ADDRESS"], _environment["ADDRESS"]) = (pachdAddress, address);
        WriteConfig(Contexts);

        var found = Resolve(null);

        Assert.Equal((expected, origin), ($"{found}", found.Origin));
    }

    [Fact]
    public void The_active_context_has_the_last_word()
    {
        WriteConfig(Contexts);

        var address = Resolve("");

        Assert.Equal(("grpcs://prod.example:650", "prod-token"), ($"{address}", address.SessionToken));
        Assert.Equal($"context \"prod\" of {ConfigPath}", address.Origin);
    }

    [Fact]
    public void Another_context_can_be_named_and_its_certificates_mean_encryption()
    {
        _environment["PACH_CONTEXT"] = "dev";
        WriteConfig(Contexts);

        var address = Resolve(null);

        Assert.Equal(("grpcs://dev.example:30650", "CERTIFICATE"), ($"{address}", address.TrustedCertificatesPem));
    }

    [Fact]
    public void The_config_of_releases_before_contexts_is_read()
    {
        WriteConfig(Flat);

        var address = Resolve(null);

        Assert.Equal(("old.example:30650", ConfigPath, "old-token"), ($"{address}", address.Origin, address.SessionToken));
    }

    [Fact]
    public void The_config_may_lie_elsewhere()
    {
        var elsewhere = _home.File("elsewhere.json");
        File.WriteAllText(elsewhere, Flat);
        _environment["PACH_CONFIG"] = elsewhere;

        Assert.Equal(elsewhere, Resolve(null).Origin);
    }

    [Theory]
    [InlineData("prod.example:650", "prod-token", true)]
    [InlineData("grpc://prod.example:650", "", false)]
    [InlineData("grpcs://PROD.example:650", "prod-token", true)]
    [InlineData("other.example:650", "", false)]
    [InlineData("prod.example:651", "", false)]
    public void A_token_goes_to_the_address_that_it_stands_beside_and_nowhere_else(string given, string token, bool tls)
    {
        WriteConfig(Contexts);

        var address = Resolve(given);

        Assert.Equal((token, tls), (address.SessionToken, address.Tls));
    }

    [Fact]
    public void Of_two_contexts_with_one_address_the_active_one_gives_the_token()
    {
        WriteConfig("""
            {
              "v2": {
                "active_context": "b",
                "contexts": {
                  "a": { "pachd_address": "same.example", "session_token": "a-token" },
                  "b": { "pachd_address": "same.example:30650", "session_token": "b-token" }
                }
              }
            }
            """);

        Assert.Equal("b-token", Resolve("same.example").SessionToken);
        _environment["PACH_CONTEXT"] = "a";
        Assert.Equal("a-token", Resolve("same.example").SessionToken);
    }

    [Fact]
    public void Contexts_that_nobody_asks_for_may_be_wrong()
    {
        WriteConfig("""
            {
              "v2": {
                "active_context": "gone",
                "contexts": { "a": { "pachd_address": "not an address" }, "b": { "pachd_address": "b.example", "server_cas": "%" }, "c": null }
              }
            }
            """);

        Assert.Equal("given.example:30650", $"{Resolve("given.example")}");
    }

    [Fact]
    public void Certificates_come_from_files_and_folders()
    {
        Directory.CreateDirectory(_home.File("cas"));
        File.WriteAllText(Path.Combine(_home.File("cas"), "b.pem"), "B");
        File.WriteAllText(Path.Combine(_home.File("cas"), "a.pem"), "A");
        File.WriteAllText(_home.File("c.pem"), "C");
        _environment["PACH_CA_CERTS"] = $"{_home.File("cas")},{_home.File("c.pem")}";

        var address = Resolve("localhost");

        Assert.Equal(("A\nB\nC", true), (address.TrustedCertificatesPem, address.Tls));
        Assert.False(Resolve("grpc://localhost").Tls);
    }

    [Fact]
    public void Certificates_that_are_not_there_are_named()
    {
        _environment["PACH_CA_CERTS"] = _home.File("nowhere.pem");

        Assert.Contains("nowhere.pem\" (from PACH_CA_CERTS) cannot be read", FailureOf("localhost"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_found_says_everything_that_was_looked_at() => Assert.Equal(
        "No address of a pachd was found. Looked at: --source (not given), PACHD_ADDRESS (not set), ADDRESS (not set), "
        + $"the config file \"{ConfigPath}\" (not there). Give it with --source HOST:PORT; the port of a deployment is usually 30650.",
        FailureOf(null));

    [Fact]
    public void A_context_without_address_is_no_address()
    {
        _environment["PACH_CONTEXT"] = "forwarded";
        WriteConfig(Contexts);

        Assert.Contains("(its active context has no pachd_address)", FailureOf(null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_is_not_there_is_refused_with_those_that_are()
    {
        _environment["PACH_CONTEXT"] = "prd";
        WriteConfig(Contexts);

        Assert.Equal(
            $"The config file \"{ConfigPath}\" has no context \"prd\" (from PACH_CONTEXT). It has \"dev\", \"forwarded\", \"prod\".",
            FailureOf(null));
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("null", "It holds null")]
    [InlineData("[]", "cannot be read")]
    [InlineData("""{ "v2": { "contexts": 7 } }""", "cannot be read")]
    [InlineData(
        """{ "v2": { "active_context": "a", "contexts": { "a": { "pachd_address": "h", "server_cas": "%" } } } }""",
        "\"server_cas\" in context \"a\"")]
    [InlineData("""{ "v2": { "active_context": "a", "contexts": { "a": { "pachd_address": "h:h" } } } }""", "the port \"h\"")]
    [InlineData("""{ "v2": { "active_context": "a" } }""", "has no context \"a\", though it calls it active. It has no contexts.")]
    public void A_config_that_cannot_be_understood_is_named(string config, string expected)
    {
        WriteConfig(config);

        var message = FailureOf(null);

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(ConfigPath, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "user_id": "u", "v2": { "metrics": true } }""")]
    [InlineData("""{ "v1": {} }""")]
    public void A_config_without_clusters_is_no_mistake(string config)
    {
        WriteConfig(config);

        Assert.Contains("No address of a pachd was found", FailureOf(null), StringComparison.Ordinal);
    }

    private string ConfigPath => Path.Combine(_home.File(".pachyderm"), "config.json");

    private void WriteConfig(string json)
    {
        Directory.CreateDirectory(_home.File(".pachyderm"));
        File.WriteAllText(ConfigPath, json, Encoding.UTF8);
    }

    private ClusterAddress Resolve(string? given) =>
        new AddressResolver(name => _environment.GetValueOrDefault(name), Path.GetDirectoryName(_home.File("x"))!).Resolve(given, "--source");

    private string FailureOf(string? given) => Assert.Throws<AddressException>(() => Resolve(given)).Message;
}
