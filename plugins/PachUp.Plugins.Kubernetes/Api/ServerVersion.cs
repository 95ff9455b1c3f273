using System.Globalization;

namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>The version of the API server.</summary>
/// <param name="Major">The major version, 1.</param>
/// <param name="Minor">The minor version, such as 20.</param>
internal readonly record struct ServerVersion(int Major, int Minor)
{
    /// <summary>
    /// Whether the server can try a change without making it. Servers before 1.13 ignore the parameter, and make the change.
    /// </summary>
    public bool HasDryRun => Major > 1 || Minor >= 13;

    /// <summary>
    /// Whether port forwards need the permission "create" in addition to "get", which a web socket starts with.
    /// </summary>
    public bool AsksCreateForForwards => Major > 1 || Minor >= 35;

    /// <summary>Reads it.</summary>
    /// <exception cref="KubeException">The server does not answer.</exception>
    public static async Task<ServerVersion> ReadAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var version = await api.Transport.ReadVersionAsync(cancellationToken);
        return new ServerVersion(NumberOf(version.Text("major")), NumberOf(version.Text("minor")));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    // Some providers add a sign: "20+".
    private static int NumberOf(string text) =>
        int.TryParse(text.TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
