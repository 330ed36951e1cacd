using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Tests.Prometheus;

/// <summary>An HTTP server on loopback that answers what a real Prometheus cannot be made to answer.</summary>
internal sealed class StubPrometheus : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private StubPrometheus(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public int Requests => _requests;

    public string? Authorization { get; private set; }

    public string? AcceptEncoding { get; private set; }

    public string? Path { get; private set; }

    public Dictionary<string, string> Form { get; private set; } = [];

    /// <param name="answer">Given the number of the request, from 1.</param>
    public static async Task<StubPrometheus> StartAsync(Func<int, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new StubPrometheus(builder.Build());
        stub._app.Run(async context =>
        {
            var number = Interlocked.Increment(ref stub._requests);
            stub.Authorization = context.Request.Headers.Authorization;
            stub.AcceptEncoding = context.Request.Headers.AcceptEncoding;
            stub.Path = context.Request.Path;
            stub.Form = (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
            await answer(number, context);
        });
        await stub._app.StartAsync();
        return stub;
    }

    public static Task<StubPrometheus> StartAsync(int status, string body) => StartAsync((_, context) =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    });

    public static ServiceProvider Services(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
            .Build();
        return new ServiceCollection().AddLogging().AddPrometheus(configuration).BuildServiceProvider();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
