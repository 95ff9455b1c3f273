using System.Net.Http.Headers;
using k8s.Authentication;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>
/// A login with a token in a file, which others replace before it expires. So the file is read for every request; if it cannot be read at that
/// moment, the last token is used.
/// </summary>
internal sealed class TokenFile : ITokenProvider
{
    private readonly string _path;
    private string _token;

    private TokenFile(string path, string token) => (_path, _token) = (path, token);

    /// <summary>Reads the file that a user of a kubeconfig names.</summary>
    /// <exception cref="Sdk.StepFailedException">It cannot be read, or contains no token.</exception>
    public static TokenFile Open(KubeConfigNode user, string key)
    {
        var path = user.PathIn(key)!;
        var token = user.Read(key, path).Trim();
        return IsToken(token) ? new TokenFile(path, token) : throw user.Wrong(key, $"names \"{path}\", which contains no token (one line without spaces)");
    }

    /// <summary>Whether a text can be sent as a token.</summary>
    public static bool IsToken(string text) => text.Length > 0 && text.All(character => character is > ' ' and <= '~');

    /// <inheritdoc/>
    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = (await File.ReadAllTextAsync(_path, cancellationToken)).Trim();
            _token = IsToken(token) ? token : _token;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file is being replaced, or was deleted. The server decides whether the last token is still valid.
        }

        return new AuthenticationHeaderValue("Bearer", _token);
    }
}
