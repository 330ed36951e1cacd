using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Telemetry.Collector.Tests.Storage;

/// <summary>Stands before a ClickHouse, and cuts the connection at a request of the test's choice, as a crash of either side would.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpClient _client = new();
    private readonly string _server;
    private int _requests;

    private CuttingProxy(WebApplication application, string server) => (_application, _server) = (application, server);

    public string Url => _application.Urls.Single();

    /// <summary>Requests until now that were let through.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The request that is cut, and all after it: the first is 0. Default none.</summary>
    public int CutAt { get; set; } = int.MaxValue;

    /// <summary>Whether the server has done what was asked, and only the answer is lost.</summary>
    public bool CutsTheAnswer { get; set; }

    public static async Task<CuttingProxy> StartAsync(string server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => (kestrel.Limits.MaxRequestBodySize, kestrel.Limits.MaxRequestLineSize) = (null, 1 << 20));
        var proxy = new CuttingProxy(builder.Build(), server);
        proxy._application.Run(proxy.ForwardAsync);
        await proxy._application.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref _requests) - 1;
        if (number > CutAt || (number == CutAt && !CutsTheAnswer))
        {
            context.Abort();
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"{_server}{context.Request.Path}{context.Request.QueryString}")
        {
            Content = new StreamContent(context.Request.Body),
        };
        foreach (var header in context.Request.Headers.Where(header => header.Key is not "Host" and not "Transfer-Encoding"))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable()))
                request.Content.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
        }

        using var answer = await _client.SendAsync(request, context.RequestAborted);
        var body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        if (number == CutAt)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
            context.Response.Headers[header.Key] = header.Value.ToArray();
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
