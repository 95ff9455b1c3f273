namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Finds the address of pachd in the same places as pachctl: an option, <c>PACHD_ADDRESS</c>, <c>ADDRESS</c>, the active context
/// of the config file (<c>PACH_CONFIG</c>, or <c>~/.pachyderm/config.json</c>). Certificates come from <c>PACH_CA_CERTS</c> and the
/// config file. The session token comes from the config file and is used only for the address in the same context. It is never sent to another
/// cluster, and never without encryption if the context has encryption. The resolver only reads.
/// </summary>
/// <param name="environment">Reads an environment variable; null if it is not set.</param>
/// <param name="homeDirectory">The home directory of the user.</param>
public sealed class AddressResolver(Func<string, string?> environment, string homeDirectory)
{
    /// <summary>The names of the contexts in pachctl's config file; empty if there is no file.</summary>
    /// <exception cref="AddressException">The file cannot be read.</exception>
    public IReadOnlyCollection<string> ContextNames() => PachConfig.Load(ConfigPath)?.ContextNames ?? [];

    /// <summary>What a text begins with that names a context of pachctl's config file.</summary>
    private const string ContextPrefix = "context:";

    private static readonly string[] AddressVariables = ["PACHD_ADDRESS", "ADDRESS"];

    /// <summary>The time limits for calls to the address.</summary>
    public PachdTimeouts Timeouts { get; init; } = PachdTimeouts.Default;

    /// <summary>Finds the context of the user's kubeconfig for a place in Kubernetes; null if there is none.</summary>
    public Func<KubernetesPlace, string?> FindKubeContext { get; init; } = _ => null;

    /// <summary>Finds the address of a cluster that the user has given a name, and where it is named; null if the text is no such name.</summary>
    public Func<string, (string Address, string Origin)?> FindNamed { get; init; } = _ => null;

    /// <summary>A resolver with the environment of this process.</summary>
    /// <param name="timeouts">See <see cref="Timeouts"/>.</param>
    /// <param name="findKubeContext">See <see cref="FindKubeContext"/>.</param>
    /// <param name="findNamed">See <see cref="FindNamed"/>.</param>
    public static AddressResolver FromProcess(
        PachdTimeouts? timeouts = null,
        Func<KubernetesPlace, string?>? findKubeContext = null,
        Func<string, (string Address, string Origin)?>? findNamed = null) =>
        new(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))
        {
            Timeouts = timeouts ?? PachdTimeouts.Default,
            FindKubeContext = findKubeContext ?? (_ => null),
            FindNamed = findNamed ?? (_ => null),
        };

    /// <summary>The address in the first place that has one.</summary>
    /// <param name="explicitAddress">The address from the user or the plan; null or empty to use the other places.</param>
    /// <param name="explicitOrigin">The name of its option in messages, such as <c>--source</c>.</param>
    /// <exception cref="AddressException">No place has an address, or the first address is invalid. The message lists all places.</exception>
    public ClusterAddress Resolve(string? explicitAddress, string explicitOrigin)
    {
        var config = PachConfig.Load(ConfigPath);
        var contextName = NameOfContext(explicitAddress) ?? ContextName;
        var (text, origin) = NameOfContext(explicitAddress) is { } named
            ? FindContext(config, named, explicitOrigin)
            : FindGiven(explicitAddress, explicitOrigin) ?? FindInConfig(config, contextName, explicitOrigin);
        var address = Parse(text, origin);
        var context = config?.FindFor(address, contextName);
        var certificates = string.Join('\n', [context?.DecodeCertificates(), .. CertificatesFromEnvironment()]).Trim();
        var isOpenInConfig = context?.TryParseAddress() is not { Tls: true };

        // As in pachctl, certificates mean encryption. An address with a scheme decides about encryption, otherwise the config file decides.
        var tls = address.Tls || (!HasScheme(text) && (certificates.Length > 0 || !isOpenInConfig));
        return address with
        {
            Tls = tls,
            TrustedCertificatesPem = certificates,
            SessionToken = tls || isOpenInConfig ? context?.ReadSessionToken() ?? "" : "",
            Timeouts = Timeouts,
        };
    }

    /// <summary>The name of the context of pachctl that a text asks for; null if it asks for none.</summary>
    private static string? NameOfContext(string? text) =>
        text is not null && text.StartsWith(ContextPrefix, StringComparison.Ordinal) ? text[ContextPrefix.Length..] : null;

    private string? ContextName => NonEmpty(environment("PACH_CONTEXT"));

    private string ConfigPath => NonEmpty(environment("PACH_CONFIG")) ?? Path.Combine(homeDirectory, ".pachyderm", "config.json");

    private (string Text, string Origin)? FindGiven(string? explicitAddress, string explicitOrigin)
    {
        if (NonEmpty(explicitAddress) is { } given)
        {
            return FindNamed(given) ?? (given, explicitOrigin);
        }

        return AddressVariables
            .Select(variable => NonEmpty(environment(variable)) is { } value ? (value, variable) : ((string, string)?)null)
            .FirstOrDefault(found => found is not null);
    }

    private (string Text, string Origin) FindContext(PachConfig? config, string name, string origin) => config is not null
        ? FindInConfig(config, name, origin, origin)
        : throw new AddressException(
            $"{origin} names the context \"{name}\", but the config file of pachctl, \"{ConfigPath}\", does not exist. Give the address with {origin} HOST:PORT.");

    private (string Text, string Origin) FindInConfig(PachConfig? config, string? contextName, string explicitOrigin, string namedBy = "PACH_CONTEXT") => config?.FindActive(contextName, namedBy) switch
    {
        { Address.Length: > 0 } context => (context.Address, context.Origin),
        { Kubernetes: { } place } context => throw new AddressException(
            $"The {context.Origin} has no \"pachd_address\", because its pachd runs in Kubernetes. {place.DescribeWays(FindKubeContext(place), explicitOrigin)}"),
        { } context => throw NotFound(explicitOrigin, $"{context.Origin} has no \"pachd_address\"; expected host:port"),
        null when config is not null => throw NotFound(explicitOrigin, $"the config file \"{ConfigPath}\": {config.DescribeMissing()}"),
        null => throw NotFound(explicitOrigin, $"the config file \"{ConfigPath}\" (does not exist)", nothingNamed: true),
    };

    private static AddressException NotFound(string explicitOrigin, string config, bool nothingNamed = false) => new(
        $"No address of pachd was found. Searched: {explicitOrigin} (not given), "
        + string.Concat(AddressVariables.Select(variable => $"{variable} (not set), "))
        + $"{config}. Give the address with {explicitOrigin} HOST:PORT. The port of a deployment is usually {ClusterAddress.DefaultPort}.")
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
