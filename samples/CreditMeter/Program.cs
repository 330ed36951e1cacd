using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telemetry.Samples;
using Telemetry.Samples.CreditMeter;

var builder = Host.CreateApplicationBuilder(args);
await using var broker = SampleBroker.Start(builder.Configuration, "wkf_cpu", "wkf_gpu", "kuber_cpu", "kuber_gpu");

// Registered first, stopped last: what the meter publishes while it stops is delivered still.
builder.Services.AddTelemetryEvents(events => events.ServiceName = "credit-meter")
    .AddKafka(kafka => kafka.ConnectionString = broker.Address);

builder.Services.AddOptions<MeterOptions>().BindConfiguration("Meter")
    .Validate(options => options.Interval > TimeSpan.Zero, "Meter:Interval must be above zero, such as 00:00:05.").ValidateOnStart();
builder.Services.AddSingleton<IRunningTasks, SampleTasks>();
builder.Services.AddHostedService<MeterService>();

await builder.Build().RunAsync();
