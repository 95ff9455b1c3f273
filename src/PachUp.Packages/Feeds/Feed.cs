using System.Net;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.Packaging.Core;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Packages.Feeds;

/// <summary>One source of packages, whose failures name it and say what to do.</summary>
/// <param name="source">Where it is.</param>
/// <param name="mostBytes">How large an answer may be.</param>
internal sealed class Feed(PackageSource source, long mostBytes)
{
    private readonly SourceRepository _repository = new(
        source, [.. Repository.Provider.GetCoreV3(), new Lazy<INuGetResourceProvider>(() => new SizeLimitedAnswers(mostBytes))]);

    /// <summary>What it is called in messages and in the lock file.</summary>
    public string Name => source.Source;

    /// <summary>The versions of a package that it has; none where it does not know the package.</summary>
    /// <exception cref="FeedException">It cannot be asked.</exception>
    public Task<IReadOnlyCollection<NuGetVersion>> ListVersionsAsync(string id, SourceCacheContext cache, CancellationToken cancellationToken) =>
        AskAsync<FindPackageByIdResource, IReadOnlyCollection<NuGetVersion>>(
            async resource => [.. await resource.GetAllVersionsAsync(id, cache, NullLogger.Instance, cancellationToken)], cancellationToken);

    /// <summary>Writes a package to a stream.</summary>
    /// <exception cref="FeedException">It does not come, or not whole.</exception>
    public async Task CopyAsync(PackageIdentity package, Stream destination, SourceCacheContext cache, CancellationToken cancellationToken)
    {
        var problem = new LastLoggedProblem();
        var isThere = await AskAsync<FindPackageByIdResource, bool>(
            resource => resource.CopyNupkgToStreamAsync(package.Id, package.Version, destination, cache, problem, cancellationToken),
            cancellationToken);
        if (!isThere)
        {
            throw new FeedException(
                $"The source \"{Name}\" lists {package.Id} {package.Version.ToNormalizedString()}, but does not give it out whole. {problem.Text}".TrimEnd(),
                "Try again, or ask the operator of that source.");
        }
    }

    /// <summary>Searches it for plugins.</summary>
    /// <exception cref="FeedException">It cannot be asked, or cannot search.</exception>
    public Task<IReadOnlyCollection<IPackageSearchMetadata>> SearchAsync(string term, SearchFilter filter, int most, CancellationToken cancellationToken) =>
        AskAsync<PackageSearchResource, IReadOnlyCollection<IPackageSearchMetadata>>(
            async resource => [.. await resource.SearchAsync(term, filter, skip: 0, most, NullLogger.Instance, cancellationToken)], cancellationToken);

    private async Task<TAnswer> AskAsync<TResource, TAnswer>(Func<TResource, Task<TAnswer>> ask, CancellationToken cancellationToken)
        where TResource : class, INuGetResource
    {
        try
        {
            var resource = await _repository.GetResourceAsync<TResource>(cancellationToken)
                ?? throw new FeedException($"The source \"{Name}\" does not support this request.", "Name another with --source.");
            return await ask(resource);
        }
        catch (Exception e) when (IsOfFeed(e))
        {
            // NuGet wraps what it is told to stop as well as what fails.
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(e);
        }
    }

    /// <summary>What NuGet.Protocol throws when a source fails it.</summary>
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
                    ? $"The source \"{Name}\" asks for credentials ({(int)status})."
                    : $"The source \"{Name}\" does not accept the credentials of {source.Credentials.Username} ({(int)status}).",
                $"Give them under packageSourceCredentials in NuGet.config, or as NuGetPackageSourceCredentials_{CredentialName}="
                + "\"Username=NAME;Password=TOKEN\" in the environment; the source must have that name.",
                failure),
            not null => new FeedException($"The source \"{Name}\" answers with {(int)status} {status}.", "Check its URL, or try again later.", failure),
            null when source.IsLocal => new FeedException(
                $"The folder \"{Name}\" cannot be read as one of packages: {causes[^1].Message}",
                "Remove files from it that are not packages or were not downloaded completely.",
                failure),
            _ => new FeedException(
                $"The source \"{Name}\" does not answer as it should: {causes[^1].Message}",
                "Check its URL and your network, or name another with --source; then try again.",
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
