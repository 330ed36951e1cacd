using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Telemetry.Samples.ModelRunner;

if (!RunnerArguments.TryParse(args, out var options, out var message))
    return RunnerArguments.Explain(message);

// Unlike CreateApplicationBuilder(args): the arguments are this program's own, not configuration keys.
var builder = Host.CreateApplicationBuilder();
// A start that fails is said below in a sentence; the host's own error would bury it under a stack trace.
builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning)
    .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
    .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddTelemetryEvents(events => events.ServiceName = "model-runner").AddKafka();
builder.Services.AddSingleton(options).AddSingleton(Random.Shared);
builder.Services.AddSingleton<Announcer>().AddSingleton<PhaseClock>().AddSingleton<ModelProcess>();

try
{
    using var host = builder.Build();
    await host.StartAsync();
    var exitCode = await host.Services.GetRequiredService<ModelProcess>().RunAsync();
    await host.StopAsync();
    return exitCode;
}
catch (OptionsValidationException e)
{
    return RunnerArguments.Explain(string.Join(Environment.NewLine, e.Failures));
}
