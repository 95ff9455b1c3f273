using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm.Connections;

/// <summary>Writes a config file of pachctl that has only the tokens and certificates of some clusters.</summary>
public static class PachConfigWriter
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The text of the file, which is a secret if a cluster has a token; null if no cluster has a token or certificates.</summary>
    public static string? TryWrite(IEnumerable<ClusterAddress> addresses)
    {
        var contexts = addresses
            .Where(address => address.SessionToken.Length > 0 || address.TrustedCertificatesPem.Length > 0)
            .DistinctBy(address => address.Identity)
            .Select((address, index) => (Name: (index + 1).ToString(CultureInfo.InvariantCulture), Entry: EntryOf(address)))
            .ToDictionary(context => context.Name, context => context.Entry);
        return contexts.Count > 0 ? JsonSerializer.Serialize(new { V2 = new { Contexts = contexts } }, Options) : null;
    }

    private static ContextEntry EntryOf(ClusterAddress address) => new(
        address.Identity,
        address.TrustedCertificatesPem.Length > 0 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(address.TrustedCertificatesPem)) : null,
        address.SessionToken.Length > 0 ? address.SessionToken : null);

    private sealed record ContextEntry(string? PachdAddress, [property: JsonPropertyName("server_cas")] string? ServerCas, string? SessionToken);
}
