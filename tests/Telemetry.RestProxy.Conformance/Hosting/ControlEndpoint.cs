using System.Text.Json;
using System.Text.Json.Serialization;

namespace Telemetry.RestProxy.Conformance.Hosting;

/// <summary>
/// Faults and the request log for other processes: <c>POST /_control/faults</c> with
/// <c>{"count":1,"topic":null,"fault":{"reply":"Error","status":503,…}}</c>, <c>DELETE /_control/faults</c>,
/// <c>GET</c> and <c>DELETE /_control/requests</c>, <c>GET /_control/connections</c>.
/// </summary>
internal sealed class ControlEndpoint(RestFaults faults, RequestLog log, OpenConnections connections)
{
    public const string Root = "/_control";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public async Task HandleAsync(HttpContext context)
    {
        switch ($"{context.Request.Method} {context.Request.Path}")
        {
            case $"POST {Root}/faults":
                await AddFaultAsync(context);
                break;
            case $"DELETE {Root}/faults":
                faults.Clear();
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case $"GET {Root}/requests":
                await context.Response.WriteAsJsonAsync(log.Snapshot(), Json);
                break;
            case $"DELETE {Root}/requests":
                log.Clear();
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case $"GET {Root}/connections":
                await context.Response.WriteAsJsonAsync(new { open = connections.Now, total = connections.Ever }, Json);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private async Task AddFaultAsync(HttpContext context)
    {
        try
        {
            var command = await JsonSerializer.DeserializeAsync<FaultCommand>(context.Request.Body, Json)
                ?? throw new JsonException("The body is null.");
            faults.NextRequests(command.Count, command.Fault, command.Topic);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(problem.Message);
        }
    }

    private sealed record FaultCommand(RestFault Fault, int Count = 1, string? Topic = null);
}
