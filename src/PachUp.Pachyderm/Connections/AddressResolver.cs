namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Finds the address of a pachd in the places where pachctl looks: an option, <c>PACHD_ADDRESS</c>, <c>ADDRESS</c>, the active context
/// of the config file (<c>PACH_CONFIG</c>, else <c>~/.pachyderm/config.json</c>). Certificates come from <c>PACH_CA_CERTS</c> and the
/// config; the session token from the config, and only for the address that it stands beside there: a token never travels to another
/// cluster, nor in the open where the config says that the connection is encrypted. It only ever reads.
/// </summary>
/// <param name="environment">Looks up an environment variable; null where it is not set.</param>
/// <param name="homeDirectory">The user's home.</param>
public sealed class AddressResolver(Func<string, string?> environment, string homeDirectory)
{
    private static readonly string[] AddressVariables = ["PACHD_ADDRESS", "ADDRESS"];

    /// <summary>How long to wait at the addresses that are found.</summary>
    public PachdPatience Patience { get; init; } = PachdPatience.Default;

    /// <summary>Finds the context of the user's kubeconfig that leads to a place in Kubernetes; null where it cannot be found.</summary>
    public Func<KubernetesPlace, string?> FindKubeContext { get; init; } = _ => null;

    /// <summary>A resolver on this process's environment.</summary>
    /// <param name="patience">See <see cref="Patience"/>.</param>
    /// <param name="findKubeContext">See <see cref="FindKubeContext"/>.</param>
    public static AddressResolver FromProcess(PachdPatience? patience = null, Func<KubernetesPlace, string?>? findKubeContext = null) =>
        new(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))
        {
            Patience = patience ?? PachdPatience.Default,
            FindKubeContext = findKubeContext ?? (_ => null),
        };

    /// <summary>The first address found.</summary>
    /// <param name="explicitAddress">What the user or the plan gave; null or empty to look elsewhere.</param>
    /// <param name="explicitOrigin">What to call that in messages, such as <c>--source</c>.</param>
    /// <exception cref="AddressException">No place has one, or the first that has one holds something else. Says all places looked at.</exception>
    public ClusterAddress Resolve(string? explicitAddress, string explicitOrigin)
    {
        var config = PachConfig.Load(ConfigPath);
        var (text, origin) = FindGiven(explicitAddress, explicitOrigin) ?? FindInConfig(config, explicitOrigin);
        var address = Parse(text, origin);
        var context = config?.FindFor(address, ContextName);
        var certificates = string.Join('\n', [context?.DecodeCertificates(), .. CertificatesFromEnvironment()]).Trim();
        var isOpenInConfig = context?.TryParseAddress() is not { Tls: true };

        // As for pachctl, certificates mean encryption; an address without scheme leaves it to the config, one with a scheme decides.
        var tls = address.Tls || (!HasScheme(text) && (certificates.Length > 0 || !isOpenInConfig));
        return address with
        {
            Tls = tls,
            TrustedCertificatesPem = certificates,
            SessionToken = tls || isOpenInConfig ? context?.ReadSessionToken() ?? "" : "",
            Patience = Patience,
        };
    }

    private string? ContextName => NonEmpty(environment("PACH_CONTEXT"));

    private string ConfigPath => NonEmpty(environment("PACH_CONFIG")) ?? Path.Combine(homeDirectory, ".pachyderm", "config.json");

    private (string Text, string Origin)? FindGiven(string? explicitAddress, string explicitOrigin)
    {
        if (NonEmpty(explicitAddress) is { } given)
        {
            return (given, explicitOrigin);
        }

        return AddressVariables
            .Select(variable => NonEmpty(environment(variable)) is { } value ? (value, variable) : ((string, string)?)null)
            .FirstOrDefault(found => found is not null);
    }

    private (string Text, string Origin) FindInConfig(PachConfig? config, string explicitOrigin) => config?.FindActive(ContextName) switch
    {
        { Address.Length: > 0 } context => (context.Address, context.Origin),
        { Kubernetes: { } place } context => throw new AddressException(
            $"The {context.Origin} has no \"pachd_address\": it leads to Kubernetes. {place.DescribeWays(FindKubeContext(place), explicitOrigin)}"),
        { } context => throw NotFound(explicitOrigin, $"{context.Origin} has no \"pachd_address\"; expected is host:port"),
        null when config is not null => throw NotFound(explicitOrigin, $"the config file \"{ConfigPath}\": {config.DescribeMissing()}"),
        null => throw NotFound(explicitOrigin, $"the config file \"{ConfigPath}\" (not there)", nothingNamed: true),
    };

    private static AddressException NotFound(string explicitOrigin, string config, bool nothingNamed = false) => new(
        $"No address of a pachd was found. Looked at: {explicitOrigin} (not given), "
        + string.Concat(AddressVariables.Select(variable => $"{variable} (not set), "))
        + $"{config}. Give it with {explicitOrigin} HOST:PORT; the port of a deployment is usually {ClusterAddress.DefaultPort}.")
    {
        NothingNamed = nothingNamed,
    };

    private static ClusterAddress Parse(string text, string origin)
    {
        try
        {
            return ClusterAddress.Parse(text, origin);
        }
        catch (FormatException e)
        {
            throw new AddressException(e.Message, e);
        }
    }

    private static bool HasScheme(string text) => text.Contains(ClusterAddress.SchemeSeparator, StringComparison.Ordinal);

    private IEnumerable<string> CertificatesFromEnvironment() =>
        (environment("PACH_CA_CERTS") ?? "")
            .Split([',', Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(ReadCertificates);

    private static IEnumerable<string> ReadCertificates(string path)
    {
        try
        {
            return Directory.Exists(path)
                ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)]
                : [File.ReadAllText(path)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AddressException($"The certificates \"{path}\" (from PACH_CA_CERTS) cannot be read: {e.Message}", e);
        }
    }

    private static string? NonEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
