using System.Text;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm.Connections;

/// <summary>What a config file of pachctl knows of one cluster.</summary>
/// <param name="origin">What to call it in messages.</param>
/// <param name="entry">What stands in the file.</param>
internal sealed class PachContext(string origin, ContextEntry entry)
{
    /// <summary>What to call it in messages.</summary>
    public string Origin { get; } = origin;

    /// <summary>Its address; empty where it has none and pachctl would look in Kubernetes.</summary>
    public string Address { get; } = entry.PachdAddress ?? "";

    /// <summary>The session token; empty for none.</summary>
    public string SessionToken { get; } = entry.SessionToken ?? "";

    /// <summary>Its address; null where it has none, or one that PachUp does not understand.</summary>
    public ClusterAddress? TryParseAddress()
    {
        try
        {
            return Address.Length > 0 ? ClusterAddress.Parse(Address, Origin) : null;
        }
        catch (FormatException)
        {
            // Matters when somebody wants to go there, and then the same text is parsed for all to see.
            return null;
        }
    }

    /// <summary>Certificates to trust (PEM); empty for none.</summary>
    /// <exception cref="AddressException">They are not base64.</exception>
    public string DecodeCertificates()
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(entry.ServerCas ?? ""));
        }
        catch (FormatException e)
        {
            throw new AddressException(
                $"The value of \"server_cas\" in {Origin} is not base64. It holds certificates in PEM form, as base64.", e);
        }
    }
}

/// <summary>One cluster as it stands in a config file.</summary>
internal sealed record ContextEntry(string? PachdAddress, [property: JsonPropertyName("server_cas")] string? ServerCas, string? SessionToken);
