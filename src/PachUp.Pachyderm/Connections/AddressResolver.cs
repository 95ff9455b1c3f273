namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Finds the address of a pachd in the places where pachctl looks: an option, <c>PACHD_ADDRESS</c>, <c>ADDRESS</c>, the active context
/// of the config file (<c>PACH_CONFIG</c>, else <c>~/.pachyderm/config.json</c>). Certificates come from <c>PACH_CA_CERTS</c> and the
/// config; the session token from the config. It only ever reads.
/// </summary>
/// <param name="environment">Looks up an environment variable; null where it is not set.</param>
/// <param name="homeDirectory">The user's home.</param>
public sealed class AddressResolver(Func<string, string?> environment, string homeDirectory)
{
    /// <summary>A resolver on this process's environment.</summary>
    public static AddressResolver FromProcess() =>
        new(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>The first address found.</summary>
    /// <param name="explicitAddress">What the user or the plan gave; null or empty to look elsewhere.</param>
    /// <param name="explicitOrigin">What to call that in messages, such as <c>--source</c>.</param>
    /// <exception cref="AddressException">No place has one, or the first that has one holds something else. Says all places looked at.</exception>
    public ClusterAddress Resolve(string? explicitAddress, string explicitOrigin) => throw new NotImplementedException($"{environment}{homeDirectory}");
}
