using System.Text.RegularExpressions;

namespace PachUp.KubeApiServer.Validation;

/// <summary>Validates names.</summary>
internal static partial class Names
{
    private const string SubdomainRule =
        "a DNS-1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
        + @"(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    /// <summary>The error of a name; null if it is valid.</summary>
    public static string? Mistake(string name) => name.Length == 0 ? "metadata.name: Required value: name or generateName is required"
        : Subdomain().IsMatch(name) ? null
        : $"metadata.name: Invalid value: \"{name}\": {SubdomainRule}";

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();
}
