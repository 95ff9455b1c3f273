using System.Text;

namespace PachUp.Pachyderm.Connections;

/// <summary>What a config file of pachctl says about one cluster.</summary>
/// <param name="origin">What to call it in messages.</param>
/// <param name="node">What stands in the file.</param>
internal sealed class PachContext(string origin, ConfigNode node)
{
    /// <summary>What to call it in messages.</summary>
    public string Origin { get; } = origin;

    /// <summary>Its address; empty where it has none and pachctl would look in Kubernetes.</summary>
    public string Address { get; } = node.Text("pachd_address");

    /// <summary>The Kubernetes cluster that pachctl would look in; null where the context names none.</summary>
    public KubernetesPlace? Kubernetes { get; } =
        new KubernetesPlace(node.Text("cluster_name"), node.Text("auth_info"), node.Text("namespace")) is var place
            && (place.Cluster.Length > 0 || place.User.Length > 0 || place.Namespace.Length > 0) ? place : null;

    /// <summary>The session token; empty for none.</summary>
    /// <exception cref="AddressException">It holds characters that no request can carry.</exception>
    public string ReadSessionToken()
    {
        var token = node.Text("session_token");
        if (token.All(character => character is > ' ' and <= '~'))
        {
            return token;
        }

        var wrong = token.AsSpan().ContainsAny('\n', '\r') ? "a line break" : "a space or another character that tokens do not have";
        throw new AddressException(
            $"The token (\"session_token\") in {Origin} has {wrong} in it. Expected is one line as \"pachctl auth login\" writes it. Log in again, or correct the file.");
    }

    /// <summary>Its address; null where it has none, or one that PachUp does not understand.</summary>
    public ClusterAddress? TryParseAddress()
    {
        try
        {
            return Address.Length > 0 ? ClusterAddress.Parse(Address, Origin) : null;
        }
        catch (FormatException)
        {
            // Counts only for a call that goes there; then the same text is parsed again, and the error is shown.
            return null;
        }
    }

    /// <summary>Certificates to trust (PEM); empty for none.</summary>
    /// <exception cref="AddressException">They are not base64.</exception>
    public string DecodeCertificates()
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(node.Text("server_cas")));
        }
        catch (FormatException e)
        {
            throw new AddressException(
                $"The value of \"server_cas\" in {Origin} is not base64. It holds certificates in PEM form, as base64.", e);
        }
    }
}
