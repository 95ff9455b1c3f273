using System.Text;

namespace PachUp.Pachyderm.Connections;

/// <summary>One cluster in a config file of pachctl.</summary>
/// <param name="origin">The name of the context in messages.</param>
/// <param name="node">The value in the file.</param>
internal sealed class PachContext(string origin, ConfigNode node)
{
    /// <summary>The name of the context in messages.</summary>
    public string Origin { get; } = origin;

    /// <summary>The address; empty if the context has none, because its pachd runs in Kubernetes.</summary>
    public string Address { get; } = node.Text("pachd_address");

    /// <summary>The place of pachd in Kubernetes; null if the context has none.</summary>
    public KubernetesPlace? Kubernetes { get; } =
        new KubernetesPlace(node.Text("cluster_name"), node.Text("auth_info"), node.Text("namespace")) is var place
            && (place.Cluster.Length > 0 || place.User.Length > 0 || place.Namespace.Length > 0) ? place : null;

    /// <summary>The session token; empty for none.</summary>
    /// <exception cref="AddressException">The token has characters that are not allowed in a request.</exception>
    public string ReadSessionToken()
    {
        var token = node.Text("session_token");
        if (token.All(character => character is > ' ' and <= '~'))
        {
            return token;
        }

        var wrong = token.AsSpan().ContainsAny('\n', '\r') ? "a line break" : "a space or another character that tokens do not have";
        throw new AddressException(
            $"The token (\"session_token\") in {Origin} contains {wrong}. Expected one line, as \"pachctl auth login\" writes it. Log in again, or correct the file.");
    }

    /// <summary>The parsed address; null if it is missing or invalid.</summary>
    public ClusterAddress? TryParseAddress()
    {
        try
        {
            return Address.Length > 0 ? ClusterAddress.Parse(Address, Origin) : null;
        }
        catch (FormatException)
        {
            // An invalid address matters only if it is used. Then it is parsed again, and the error is shown.
            return null;
        }
    }

    /// <summary>The certificates to trust (PEM); empty for none.</summary>
    /// <exception cref="AddressException">The certificates are not base64.</exception>
    public string DecodeCertificates()
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(node.Text("server_cas")));
        }
        catch (FormatException e)
        {
            throw new AddressException(
                $"The value of \"server_cas\" in {Origin} is not base64. Expected certificates in PEM format, encoded as base64.", e);
        }
    }
}
