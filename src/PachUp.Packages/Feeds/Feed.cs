using System.Net;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.Packaging.Core;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Packages.Feeds;

/// <summary>One source of packages. Its failures name the source and a remedy.</summary>
/// <param name="source">The source.</param>
/// <param name="mostBytes">The largest size of an answer, in bytes.</param>
internal sealed class Feed(PackageSource source, long mostBytes)
{
    private readonly SourceRepository _repository = new(
        source, [.. Repository.Provider.GetCoreV3(), new Lazy<INuGetResourceProvider>(() => new SizeLimitedAnswers(mostBytes))]);

    /// <summary>Its name in messages and in the lock file.</summary>
    public string Name => source.Source;

    /// <summary>Whether this is the source with a name.</summary>
    public bool Has(string name) => Name.TrimEnd('/') == name.TrimEnd('/');

    /// <summary>The versions of a package in this source; empty if the source does not have the package.</summary>
    /// <exception cref="FeedException">It cannot be asked.</exception>
    public Task<IReadOnlyCollection<NuGetVersion>> ListVersionsAsync(string id, SourceCacheContext cache, CancellationToken cancellationToken) =>
        AskAsync<FindPackageByIdResource, IReadOnlyCollection<NuGetVersion>>(
            async resource => [.. await resource.GetAllVersionsAsync(id, cache, NullLogger.Instance, cancellationToken)], cancellationToken);

    /// <summary>Writes a package to a stream.</summary>
    /// <exception cref="FeedException">The package cannot be downloaded, or is incomplete.</exception>
    public async Task CopyAsync(PackageIdentity package, Stream destination, SourceCacheContext cache, CancellationToken cancellationToken)
    {
        var problem = new LastLoggedProblem();
        var isThere = await AskAsync<FindPackageByIdResource, bool>(
            resource => resource.CopyNupkgToStreamAsync(package.Id, package.Version, destination, cache, problem, cancellationToken),
            cancellationToken);
        if (!isThere)
        {
            throw new FeedException(
                $"The source \"{Name}\" lists {package.Id} {package.Version.ToNormalizedString()}, but the download failed. {problem.Text}".TrimEnd(),
                "Try again, or ask the operator of that source.");
        }
    }

    /// <summary>Searches the source for plugins.</summary>
    /// <exception cref="FeedException">The source does not answer, or does not support search.</exception>
    public Task<IReadOnlyCollection<IPackageSearchMetadata>> SearchAsync(string term, SearchFilter filter, int most, CancellationToken cancellationToken) =>
        AskAsync<PackageSearchResource, IReadOnlyCollection<IPackageSearchMetadata>>(
            async resource => [.. await resource.SearchAsync(term, filter, skip: 0, most, NullLogger.Instance, cancellationToken)], cancellationToken);

    private async Task<TAnswer> AskAsync<TResource, TAnswer>(Func<TResource, Task<TAnswer>> ask, CancellationToken cancellationToken)
        where TResource : class, INuGetResource
    {
        try
        {
            var resource = await _repository.GetResourceAsync<TResource>(cancellationToken)
                ?? throw new FeedException($"The source \"{Name}\" does not support this request.", "Name another feed with --feed.");
            return await ask(resource);
        }
        catch (Exception e) when (IsOfFeed(e))
        {
            // NuGet also wraps the exception of a cancellation.
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(e);
        }
    }

    /// <summary>Whether NuGet.Protocol throws this exception for a failure of a source.</summary>
    private static bool IsOfFeed(Exception e) => e is NuGetProtocolException or HttpRequestException or IOException or InvalidDataException
        or UnauthorizedAccessException or TaskCanceledException or TimeoutException or PackagingException or NotSupportedException
        or Newtonsoft.Json.JsonException or System.Xml.XmlException;

    private Exception Explain(Exception failure)
    {
        var causes = Causes(failure).ToList();
        if (causes.OfType<PluginException>().FirstOrDefault() is { } refusal)
        {
            return refusal;
        }

        var status = causes.OfType<HttpRequestException>().Select(cause => cause.StatusCode).FirstOrDefault(code => code is not null);
        return status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new FeedException(
                source.Credentials is null
                    ? $"The source \"{Name}\" requires credentials (HTTP status {(int)status})."
                    : $"The source \"{Name}\" does not accept the credentials of {source.Credentials.Username} (HTTP status {(int)status}).",
                $"Give them under packageSourceCredentials in NuGet.config, or as NuGetPackageSourceCredentials_{CredentialName}="
                + "\"Username=NAME;Password=TOKEN\" in the environment; the source must have that name.",
                failure),
            not null => new FeedException($"The source \"{Name}\" answered with HTTP status {(int)status} {status}.", "Check its URL, or try again later.", failure),
            null when source.IsLocal => new FeedException(
                $"The folder \"{Name}\" cannot be read as a package source: {causes[^1].Message}",
                "Remove files from it that are not packages or were not downloaded completely.",
                failure),
            _ => new FeedException(
                $"The source \"{Name}\" cannot be reached, or is not a NuGet source: {causes[^1].Message}",
                "Check its URL and your network, or name another feed with --feed. Then try again.",
                failure),
        };
    }

    private string CredentialName => source.Name == source.Source ? "NAME" : source.Name;

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
