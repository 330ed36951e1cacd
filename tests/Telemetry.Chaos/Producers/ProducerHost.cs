using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telemetry.Events;

namespace Telemetry.Chaos.Producers;

/// <summary>The process under test: a service with a host, Kafka, a spool, and flows that publish until it is stopped or killed.</summary>
internal static class ProducerHost
{
    private static readonly FlowKind[] AuditFlows =
        [FlowKind.Blocking, FlowKind.Blocking, FlowKind.Blocking, FlowKind.Hopping, FlowKind.Hopping, FlowKind.Hopping, FlowKind.Confirming];

    private static readonly FlowKind[] UsageFlows =
        [FlowKind.Blocking, FlowKind.Blocking, FlowKind.Hopping, FlowKind.Hopping, FlowKind.Confirming, FlowKind.Confirming];

    private static readonly FlowKind[] TelemetryFlows = [FlowKind.Blocking, FlowKind.Blocking, FlowKind.Hopping, FlowKind.Hopping];

    private static readonly TimeSpan LedgerInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MemoryInterval = TimeSpan.FromMilliseconds(500);

    public static async Task<int> RunAsync(ProducerSettings settings)
    {
        // Unbuffered, and not the console's writer: that one has a buffer of its own.
        await using var output = Console.OpenStandardOutput();
        var reporter = new Reporter(output);
        var clock = new SteppedClock(settings.ClockOffset);
        using var host = Build(settings, clock);
        await host.StartAsync();
        var events = host.Services.GetRequiredService<IEventPublisher>();
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

        _ = Task.Factory.StartNew(() => Listen(clock), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        reporter.Say(Words.Ready);
        var flows = Flows(settings, events, reporter).Select(flow => flow.Start(stopping)).ToList();
        await using (new Timer(_ => Tell(events, reporter, Words.Ledger), null, LedgerInterval, LedgerInterval))
        await using (settings.TellsMemory ? new Timer(_ => TellMemory(reporter), null, MemoryInterval, MemoryInterval) : null)
        {
            await host.WaitForShutdownAsync();
            await Task.WhenAll(flows);
        }

        Tell(events, reporter, Words.LastLedger);
        return 0;
    }

    private static IHost Build(ProducerSettings settings, SteppedClock clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        // What the service logs; its standard output belongs to the account.
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Information);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.ShutdownTimeout + TimeSpan.FromSeconds(10));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services
            .AddTelemetryEvents(options =>
            {
                options.ServiceName = "chaos";
                // What is counted here is what the calls said was accepted; nobody called for a report.
                options.Report.Enabled = false;
                options.MaxBufferedEvents = settings.MaxBufferedEvents;
                options.MaxBatchEvents = settings.MaxBatchEvents;
                options.RetryDelay = TimeSpan.FromMilliseconds(20);
                options.RetryMaxDelay = TimeSpan.FromMilliseconds(200);
                options.SpillAfter = TimeSpan.FromMilliseconds(500);
                options.ShutdownTimeout = settings.ShutdownTimeout;
            })
            .AddKafka(options =>
            {
                options.ConnectionString = settings.Brokers;
                options.DeliveryTimeout = settings.DeliveryTimeout;
                options.Properties["reconnect.backoff.max.ms"] = "100";
                // A real broker refuses a request that overtook the one before it (its sequence is ahead); the embedded one takes it.
                options.Properties["max.in.flight.requests.per.connection"] = "1";
            })
            .AddSpool(options =>
            {
                options.Directory = settings.SpoolDirectory;
                options.MaxAuditBytes = options.MaxUsageBytes = settings.MaxSpoolBytes;
            });
        return builder.Build();
    }

    private static IEnumerable<Flow> Flows(ProducerSettings settings, IEventPublisher events, Reporter reporter)
    {
        var number = 0;
        foreach (var delivery in settings.Classes)
        {
            var kinds = delivery switch
            {
                DeliveryClass.Audit => AuditFlows,
                DeliveryClass.Usage => UsageFlows,
                _ => TelemetryFlows,
            };
            foreach (var kind in kinds)
                yield return new Flow(events, reporter, delivery, kind, settings.Process, ++number, settings.FlowRate);
        }
    }

    private static void Tell(IEventPublisher events, Reporter reporter, string word)
    {
        foreach (var ledger in events.GetLedger().Classes)
            reporter.Say(ToldLedger.Say(word, ledger));
    }

    private static void TellMemory(Reporter reporter) =>
        reporter.Say(string.Create(CultureInfo.InvariantCulture, $"{Words.Memory} {GC.GetTotalMemory(forceFullCollection: true)}"));

    private static void Listen(SteppedClock clock)
    {
        while (Console.ReadLine() is { } line)
            clock.Step(TimeSpan.FromSeconds(double.Parse(line, CultureInfo.InvariantCulture)));
        // Whoever started this is gone: nobody counts any more.
        Environment.Exit(3);
    }
}
