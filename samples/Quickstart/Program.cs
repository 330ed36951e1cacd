using Quickstart;
using Telemetry.Events;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddTelemetryEvents().AddKafka();   // takes the broker's address from KAFKA_DIRECT_URL

var app = builder.Build();
app.MapPost("/documents/{id}/open", (string id, string user, IEventPublisher events) =>
{
    var result = events.Publish(new DocumentOpened(id, user));
    return result.IsAccepted ? Results.Accepted(value: result.EventId) : Results.Problem($"Event refused: {result.Refusal}", statusCode: 503);
});
app.MapGet("/ledger", (IEventPublisher events) => events.GetLedger());
app.Run();
