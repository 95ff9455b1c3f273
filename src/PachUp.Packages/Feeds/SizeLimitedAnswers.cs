using NuGet.Protocol;
using NuGet.Protocol.Core.Types;

namespace PachUp.Packages.Feeds;

/// <summary>
/// Aborts answers of a source that are too large. NuGet stores answers in files before it checks them, so a source could fill the
/// disk.
/// </summary>
/// <param name="most">The largest size of an answer, in bytes.</param>
internal sealed class SizeLimitedAnswers(long most)
    : ResourceProvider(typeof(HttpHandlerResource), nameof(SizeLimitedAnswers), before: nameof(HttpHandlerResourceV3Provider))
{
    private readonly HttpHandlerResourceV3Provider _nugets = new();

    /// <inheritdoc/>
    public override async Task<Tuple<bool, INuGetResource?>> TryCreate(SourceRepository source, CancellationToken token)
    {
        var made = await _nugets.TryCreate(source, token);
        return made.Item2 is HttpHandlerResource handlers
            ? Tuple.Create<bool, INuGetResource?>(true, new HttpHandlerResourceV3(handlers.ClientHandler, new Handler(handlers.MessageHandler, most)))
            : made;
    }

    private sealed class Handler(HttpMessageHandler inner, long most) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            var what = $"The answer of \"{request.RequestUri}\"";
            if (answer.Content.Headers.ContentLength > most)
            {
                answer.Dispose();
                throw SizeLimitedStream.TooLarge(what, most);
            }

            var bounded = new StreamContent(new SizeLimitedStream(await answer.Content.ReadAsStreamAsync(cancellationToken), most, what));
            foreach (var header in answer.Content.Headers)
            {
                bounded.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            answer.Content = bounded;
            return answer;
        }
    }
}
