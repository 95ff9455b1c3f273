using System.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Testing;

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
    public void The_option_has_priority()
    {
        _environment["PACHD_ADDRESS"] = "env.example";
        WriteConfig(Contexts);

        var address = Resolve("given.example:1");

        Assert.Equal(("given.example:1", "--source", ""), ($"{address}", address.Origin, address.SessionToken));
    }

    [Theory]
    [InlineData("pachd.example", "address.example", "pachd.example:30650", "PACHD_ADDRESS")]
    [InlineData("", "address.example", "address.example:30650", "ADDRESS")]
    public void The_environment_has_priority_over_the_config_file(string pachdAddress, string address, string expected, string origin)
    {
        (_environment["PACHD_ADDRESS"], _environment["ADDRESS"]) = (pachdAddress, address);
        WriteConfig(Contexts);

        var found = Resolve(null);

        Assert.Equal((expected, origin), ($"{found}", found.Origin));
    }

    [Fact]
    public void The_active_context_is_used_last()
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
    public void The_config_file_can_be_at_another_path()
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
    public void A_token_is_used_only_for_the_address_in_its_context(string given, string token, bool tls)
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
    public void Unused_contexts_may_be_invalid()
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
    public void Missing_certificates_are_named()
    {
        _environment["PACH_CA_CERTS"] = _home.File("nowhere.pem");

        Assert.Contains("nowhere.pem\" (from PACH_CA_CERTS) cannot be read", FailureOf("localhost"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_address_is_reported_with_all_searched_places() => Assert.Equal(
        "No address of pachd was found. Searched: --source (not given), PACHD_ADDRESS (not set), ADDRESS (not set), "
        + $"the config file \"{ConfigPath}\" (does not exist). Give the address with --source HOST:PORT. The port of a deployment is usually 30650.",
        FailureOf(null));

    [Fact]
    public void A_context_is_named_if_there_is_no_config_file() => Assert.Equal(
        $"--source names the context \"prod\", but the config file of pachctl, \"{ConfigPath}\", does not exist. Give the address with --source HOST:PORT.",
        Assert.Throws<AddressException>(() => Resolve("context:prod")).Message);

    [Fact]
    public void A_context_without_address_is_no_address()
    {
        _environment["PACH_CONTEXT"] = "forwarded";
        WriteConfig(Contexts);

        Assert.Contains($"context \"forwarded\" of {ConfigPath} has no \"pachd_address\"; expected host:port", FailureOf(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("operator@prod", "Give --kube-context operator@prod --namespace pachyderm.", "kubectl --context operator@prod --namespace pachyderm port-forward deployment/pachd 30650:650")]
    [InlineData("my prod", "Give --kube-context 'my prod' --namespace pachyderm.", "kubectl --context 'my prod' --namespace pachyderm port-forward")]
    [InlineData(null, "Give --kube-context gke_example_prod --namespace pachyderm.", "\"kubectl config get-contexts\" lists the contexts")]
    public void A_context_for_Kubernetes_is_reported_with_its_options(string? kubeContext, string options, string more)
    {
        WriteConfig("""
            {
              "user_id": "u",
              "v2": {
                "active_context": "prod",
                "contexts": { "prod": { "source": 1, "cluster_name": "gke_example_prod", "auth_info": "gke_user", "namespace": "pachyderm" } }
              }
            }
            """);

        var message = FailureOf(null, place => place == new KubernetesPlace("gke_example_prod", "gke_user", "pachyderm") ? kubeContext : "other");

        Assert.StartsWith($"The context \"prod\" of {ConfigPath} has no \"pachd_address\", because its pachd runs in Kubernetes.", message, StringComparison.Ordinal);
        Assert.Contains(options, message, StringComparison.Ordinal);
        Assert.Contains(more, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_context_is_refused_with_the_existing_contexts()
    {
        _environment["PACH_CONTEXT"] = "prd";
        WriteConfig(Contexts);

        Assert.StartsWith(
            $"The config file \"{ConfigPath}\" has no context \"prd\", which PACH_CONTEXT names. Expected one of \"dev\", \"forwarded\", \"prod\".",
            FailureOf(null),
            StringComparison.Ordinal);
    }

    [Fact]
    public void NothingNamed_is_set_only_if_no_place_names_a_cluster()
    {
        Assert.True(Assert.Throws<AddressException>(() => Resolve(null)).NothingNamed);
        WriteConfig("""{ "v2": { "active_context": "", "contexts": {} } }""");

        Assert.False(Assert.Throws<AddressException>(() => Resolve(null)).NothingNamed);
    }

    [Theory]
    [InlineData("abc\\ndef", "a line break")]
    [InlineData("abc\\n", "a line break")]
    [InlineData("abc def", "a space or another character")]
    public void An_invalid_token_is_reported_with_its_place_and_not_shown(string token, string wrong)
    {
        WriteConfig($$"""{ "user_id": "u", "v1": { "pachd_address": "127.0.0.1:30650", "session_token": "{{token}}" } }""");

        var message = FailureOf(null);

        Assert.StartsWith($"The token (\"session_token\") in {ConfigPath} contains {wrong}", message, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_config_path_that_is_a_directory_is_reported()
    {
        _environment["PACH_CONFIG"] = Path.GetDirectoryName(_home.File("x"))!;

        Assert.Contains($"The config file \"{_environment["PACH_CONFIG"]}\" cannot be read", FailureOf(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "it is not valid JSON at line 1, character 2")]
    [InlineData("", "it is not valid JSON at line 1, character 1")]
    [InlineData("null", "it is null, but an object ({ }) with the key \"v1\" or \"v2\"")]
    [InlineData("[]", "it is a list, but an object ({ }) with the key \"v1\" or \"v2\"")]
    [InlineData("""{ "v1": "x" }""", "\"v1\" is text, but an object")]
    [InlineData("""{ "v1": { "pachd_address": 7 } }""", "\"v1.pachd_address\" is a number, but text is expected")]
    [InlineData("""{ "v1": { "pachd_address": "\ud800" } }""", "\"v1.pachd_address\" is half of a Unicode character, but text is expected")]
    [InlineData("""{ "v2": { "contexts": 7 } }""", "\"v2.contexts\" is a number, but an object")]
    [InlineData("""{ "v2": { "contexts": { "a": [] } } }""", "\"v2.contexts.a\" is a list, but an object")]
    [InlineData("""{ "v2": { "active_context": true } }""", "\"v2.active_context\" is true or false, but text is expected")]
    [InlineData(
        """{ "v2": { "active_context": "a", "contexts": { "a": { "pachd_address": "h", "server_cas": "%" } } } }""",
        "\"server_cas\" in context \"a\"")]
    [InlineData("""{ "v2": { "active_context": "a", "contexts": { "a": { "pachd_address": "h:h" } } } }""", "the port \"h\"")]
    [InlineData(
        """{ "v2": { "active_context": "gone", "contexts": {} } }""",
        "has no context \"gone\", which \"v2.active_context\" names")]
    public void An_invalid_config_file_is_named(string config, string expected)
    {
        WriteConfig(config);

        var message = FailureOf(null);

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(ConfigPath, message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "\"v1.pachd_address\" is not set; expected host:port")]
    [InlineData("""{ "v1": {} }""", "has no \"pachd_address\"; expected host:port")]
    [InlineData("""{ "user_id": "u", "v2": { "metrics": true } }""", "\"v2.active_context\" is not set")]
    [InlineData("""{ "v2": { "active_context": "", "contexts": {} } }""", "\"v2.active_context\" is not set; expected the name of a context, but \"v2.contexts\" has none")]
    [InlineData("""{ "v2": { "contexts": { "a": {}, "b": {} } } }""", "\"v2.active_context\" is not set; expected one of \"a\", \"b\"")]
    public void A_config_file_without_clusters_is_reported_with_the_missing_key(string config, string missing)
    {
        WriteConfig(config);

        var message = FailureOf(null);

        Assert.StartsWith("No address of pachd was found", message, StringComparison.Ordinal);
        Assert.Contains(ConfigPath, message, StringComparison.Ordinal);
        Assert.Contains(missing, message, StringComparison.Ordinal);
    }

    private string ConfigPath => Path.Combine(_home.File(".pachyderm"), "config.json");

    private void WriteConfig(string json)
    {
        Directory.CreateDirectory(_home.File(".pachyderm"));
        File.WriteAllText(ConfigPath, json, Encoding.UTF8);
    }

    private ClusterAddress Resolve(string? given, Func<KubernetesPlace, string?>? findKubeContext = null) =>
        new AddressResolver(name => _environment.GetValueOrDefault(name), Path.GetDirectoryName(_home.File("x"))!)
        {
            FindKubeContext = findKubeContext ?? (_ => null),
        }.Resolve(given, "--source");

    private string FailureOf(string? given, Func<KubernetesPlace, string?>? findKubeContext = null) =>
        Assert.Throws<AddressException>(() => Resolve(given, findKubeContext)).Message;
}
