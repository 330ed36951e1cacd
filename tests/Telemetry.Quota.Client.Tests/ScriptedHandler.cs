using System.Net;
using System.Text;

namespace Telemetry.Quota.Client.Tests;

/// <summary>Answers by a script, and keeps what was asked.</summary>
internal sealed class ScriptedHandler(params Func<CancellationToken, Task<HttpResponseMessage>>[] replies) : HttpMessageHandler
{
    private int _next;

    public List<(string Path, string Body)> Requests { get; } = [];

    public static Func<CancellationToken, Task<HttpResponseMessage>> Reply(HttpStatusCode status, string body = "{}") => _ =>
        Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });

    public static Func<CancellationToken, Task<HttpResponseMessage>> Break() => static _ => throw new HttpRequestException("The connection broke.");

    public static Func<CancellationToken, Task<HttpResponseMessage>> Hang() => static async token =>
    {
        await Task.Delay(Timeout.Infinite, token);
        throw new InvalidOperationException("Not reached.");
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add((request.RequestUri!.PathAndQuery, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
        return await replies[Math.Min(_next++, replies.Length - 1)](cancellationToken);
    }
}
