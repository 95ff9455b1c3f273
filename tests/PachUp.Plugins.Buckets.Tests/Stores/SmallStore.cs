using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Security;
using System.Text;

namespace PachUp.Plugins.Buckets.Tests.Stores;

/// <summary>A small store with as much of the S3 API as rclone uses: list, head, get, put, copy. A test can let calls fail.</summary>
internal sealed class SmallStore : IDisposable
{
    private HttpListener _listener = new();
    private readonly Task _work;

    public SmallStore()
    {
        Address = Start();
        _work = Task.Run(ServeAsync);
    }

    /// <summary>The URL of the store.</summary>
    public string Address { get; private set; }

    /// <summary>The content of the buckets, by <c>bucket/key</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>The buckets that exist.</summary>
    public ConcurrentBag<string> Buckets { get; } = [];

    /// <summary>The failure of a call: status, code and message of the store; null if it works.</summary>
    public Func<HttpListenerRequest, (int Status, string Code, string Message)?> Fail { get; set; } = _ => null;

    /// <summary>Every call, as <c>PUT /bucket/key</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>A location in a bucket of this store, as a plan writes it.</summary>
    public string Location(string bucket) => $"s3://{bucket}?endpoint={Address}&region=us-east-1";

    /// <summary>Puts an object into a bucket, which then exists.</summary>
    public void Put(string bucket, string key, string content)
    {
        Buckets.Add(bucket);
        Objects[$"{bucket}/{key}"] = Encoding.UTF8.GetBytes(content);
    }

    public void Dispose()
    {
        _listener.Close();
        _work.Wait(TimeSpan.FromSeconds(5));
    }

    private string Start()
    {
        for (var port = 20_000 + Random.Shared.Next(20_000); ; port++)
        {
            try
            {
                // A listener that could not start cannot be used again.
                _listener = new HttpListener();
                _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
                _listener.Start();
                return $"http://127.0.0.1:{port}";
            }
            catch (HttpListenerException)
            {
                // Another process has the port.
            }
        }
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var call = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(call));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        var path = Uri.UnescapeDataString(call.Request.RawUrl!.Split('?')[0].TrimStart('/'));
        Calls.Enqueue($"{call.Request.HttpMethod} /{path}");
        var bucket = path.Split('/')[0];
        using var body = new MemoryStream();
        await call.Request.InputStream.CopyToAsync(body);
        try
        {
            if (Fail(call.Request) is { } failure)
            {
                await SendErrorAsync(call.Response, failure.Status, failure.Code, failure.Message);
            }
            else if (!Buckets.Contains(bucket))
            {
                await SendErrorAsync(call.Response, 404, "NoSuchBucket", "The specified bucket does not exist");
            }
            else if (path.TrimEnd('/') == bucket)
            {
                await SendAsync(call.Response, List(bucket, call.Request.QueryString));
            }
            else
            {
                await AnswerObjectAsync(call, path, body.ToArray());
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client was ended by the test.
        }
        finally
        {
            call.Response.Close();
        }
    }

    private async Task AnswerObjectAsync(HttpListenerContext call, string path, byte[] body)
    {
        if (call.Request.HttpMethod == "PUT")
        {
            Objects[path] = call.Request.Headers["x-amz-copy-source"] is { } source ? Objects[Uri.UnescapeDataString(source).TrimStart('/')] : body;
            call.Response.Headers["ETag"] = ETag(Objects[path]);
            await SendAsync(call.Response, "<CopyObjectResult/>");
        }
        else if (!Objects.TryGetValue(path, out var content))
        {
            await SendErrorAsync(call.Response, 404, "NoSuchKey", "The specified key does not exist.");
        }
        else
        {
            call.Response.Headers["ETag"] = ETag(content);
            call.Response.Headers["Last-Modified"] = "Thu, 01 Jan 2026 00:00:00 GMT";
            call.Response.ContentLength64 = content.Length;
            if (call.Request.HttpMethod == "GET")
            {
                await call.Response.OutputStream.WriteAsync(content);
            }
        }
    }

    private string List(string bucket, NameValueCollection query)
    {
        var (prefix, delimiter) = (query["prefix"] ?? "", query["delimiter"] ?? "");
        var isEncoded = query["encoding-type"] == "url";
        string Shown(string key) => isEncoded ? Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal) : SecurityElement.Escape(key);

        var keys = Objects.Where(entry => entry.Key.StartsWith($"{bucket}/{prefix}", StringComparison.Ordinal))
            .Select(entry => (Key: entry.Key[(bucket.Length + 1)..], entry.Value))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .ToList();
        var folders = keys.Where(entry => delimiter.Length > 0 && entry.Key[prefix.Length..].Contains(delimiter, StringComparison.Ordinal))
            .Select(entry => prefix + entry.Key[prefix.Length..].Split(delimiter)[0] + delimiter)
            .Distinct();
        var files = keys.Where(entry => delimiter.Length == 0 || !entry.Key[prefix.Length..].Contains(delimiter, StringComparison.Ordinal));
        return $"""
            <?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>{bucket}</Name><Prefix>{SecurityElement.Escape(prefix)}</Prefix><IsTruncated>false</IsTruncated>
            {string.Concat(files.Select(entry => $"<Contents><Key>{Shown(entry.Key)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>{SecurityElement.Escape(ETag(entry.Value))}</ETag><Size>{entry.Value.Length.ToString(CultureInfo.InvariantCulture)}</Size></Contents>"))}
            {string.Concat(folders.Select(folder => $"<CommonPrefixes><Prefix>{Shown(folder)}</Prefix></CommonPrefixes>"))}
            {(isEncoded ? "<EncodingType>url</EncodingType>" : "")}</ListBucketResult>
            """;
    }

    // S3 itself uses MD5 for this; nothing is protected by it.
#pragma warning disable CA5351
    private static string ETag(byte[] content) => $"\"{Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(content))}\"";
#pragma warning restore CA5351

    private static Task SendErrorAsync(HttpListenerResponse response, int status, string code, string message)
    {
        response.StatusCode = status;
        return SendAsync(response, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>");
    }

    private static async Task SendAsync(HttpListenerResponse response, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        response.ContentType = "application/xml";
        response.ContentLength64 = bytes.Length;
        await response.OutputStream.WriteAsync(bytes);
    }
}
