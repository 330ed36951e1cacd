using Telemetry.Events.Catalog;
using Telemetry.Samples;
using Telemetry.Samples.AuditService;

var builder = WebApplication.CreateBuilder(args);
await using var broker = SampleBroker.Start(builder.Configuration, "pbac_access");

// A service takes a disk that outlives its container.
var spool = builder.Configuration["Spool"] ?? Path.Combine(Path.GetTempPath(), "telemetry-audit-service");
builder.Services.AddTelemetryEvents(events => events.ServiceName = "audit-service")
    .AddKafka(kafka => kafka.ConnectionString = broker.Address)
    .AddSpool(spool);

builder.Services.AddTelemetryEventConsumer("responder", consumer =>
    {
        consumer.ConnectionString = broker.Address;
        consumer.GroupId = "audit-service-responder";
        consumer.Topics.Add("pbac_access");
    })
    .AddHandler<PbacAccessCheckDeny, DenialHandler>(AuditJson.Default.PbacAccessCheckDeny);

builder.Services.AddSingleton<Denials>().AddSingleton<AccessDecisions>();

var app = builder.Build();
app.MapAccess();
await app.RunAsync();
