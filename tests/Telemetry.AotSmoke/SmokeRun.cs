using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.Events.Transport;

namespace Telemetry.AotSmoke;

/// <summary>Publishes by each way of registration, and reads back what the transport got.</summary>
internal static class SmokeRun
{
    private const string Service = "aot-smoke";
    private const string VmType = "NV6";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly SmokeEvent Own = new(
        Guid.CreateVersion7(),
        7,
        "quote \" and ü",
        0.5,
        1.10m,
        DateTimeOffset.Parse("2026-01-31T12:00:00.1234567Z", CultureInfo.InvariantCulture),
        SmokeKind.WithFlame,
        ["a", "b"]);

    /// <returns>How many events came back.</returns>
    /// <exception cref="SmokeFailedException">Something is not as in a program that a JIT runs.</exception>
    public static async Task<int> HostedAsync()
    {
        var transport = new RecordingTransport();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = Service });
        builder.Configuration.AddInMemoryCollection(Settings());
        builder.Services.AddTelemetryEvents();
        builder.Services.AddSingleton<IEventTransport>(transport);
        using var host = builder.Build();
        await host.StartAsync();
        await PublishAsync(host.Services.GetRequiredService<IEventPublisher>());
        await host.StopAsync();
        return ReadBack(transport);
    }

    /// <inheritdoc cref="HostedAsync"/>
    public static async Task<int> HostlessAsync()
    {
        var transport = new RecordingTransport();
        var events = TelemetryEvents.Create(
            builder => builder.Services.AddSingleton<IEventTransport>(transport),
            options =>
            {
                options.ServiceName = Service;
                options.Context.VmType = VmType;
                options.Report.Enabled = false;
            });
        await using (events)
            await PublishAsync(events.Publisher);
        return ReadBack(transport);
    }

    /// <summary>Sends one event by the REST proxy at this address, and returns what became of it.</summary>
    /// <param name="url">In the form of KAFKA_PROXY_URL.</param>
    public static async Task<DeliveryReceipt> RestProxyAsync(string url)
    {
        await using var events = TelemetryEvents.Create(
            builder => builder.AddRestProxy(options => options.Url = url),
            options =>
            {
                options.ServiceName = Service;
                options.Report.Enabled = false;
            });
        return await events.Publisher.ConfirmAsync(new TaskRunStart("task", "user", "model", "node")).AsTask().WaitAsync(Patience);
    }

    private static Dictionary<string, string?> Settings() => new()
    {
        ["TelemetryEvents:ServiceName"] = Service,
        ["TelemetryEvents:Context:VmType"] = VmType,
        ["TelemetryEvents:MaxBufferedEvents"] = "1000",
        ["TelemetryEvents:ShutdownTimeout"] = "00:00:20",
        ["TelemetryEvents:Report:Enabled"] = "false",
    };

    private static async Task PublishAsync(IEventPublisher publisher)
    {
        Check(publisher.Publish(new TaskRunStart("task", "user", "model", "node")).IsAccepted, "Publish refused a catalog event.");
        Check((await publisher.PublishAsync(Own)).IsAccepted, "PublishAsync refused the program's own event.");
        var receipt = await publisher.ConfirmAsync(new TaskRunFinish("task", "user", "model", "node", "succeeded")).AsTask().WaitAsync(Patience);
        Check(receipt.IsDelivered, $"ConfirmAsync gave no acknowledgement: {receipt.Reason}.");

        using var json = JsonDocument.Parse("""{"any":[1,true,null]}""");
        var kind = new EventDescriptor(EventName.Parse("smoke.json.send"), "smoke", DeliveryClass.Telemetry);
        Check(publisher.Publish(kind, json.RootElement, subject: "s").IsAccepted, "Publish refused an event of a run-time name.");

        var ledger = await publisher.FlushAsync(Patience);
        Check(ledger.InFlight == 0 && ledger.Classes.Sum(entry => entry.Delivered) == 4, $"The ledger does not close: {ledger}.");
    }

    private static int ReadBack(RecordingTransport transport)
    {
        foreach (var body in transport.Bodies)
        {
            if (!EventEnvelopeReader.TryRead(body, out var envelope, out var error))
                throw new SmokeFailedException($"An envelope is unreadable: {error}");
            Check(envelope.Source == $"/{Service}", $"The service's name did not bind: source is {envelope.Source}.");
            var vmType = envelope.GetAttribute(EnvelopeAttributes.VmType);
            Check(vmType == VmType, $"The context did not bind: vmtype is {vmType}.");
            if (envelope.Type == SmokeEvent.Descriptor.Name.Value)
                CheckOwn(envelope);
        }

        return transport.Bodies.Count;
    }

    private static void CheckOwn(EventEnvelope envelope)
    {
        var expected =
            $$"""{"id":"{{Own.Id}}","number":7,"text":"quote \" and ü","seconds":0.5,"price":1.10,"at":"2026-01-31T12:00:00.1234567Z","kind":"with_flame","tags":["a","b"]}""";
        Check(envelope.Data.GetRawText() == expected, $"The own event's data are {envelope.Data.GetRawText()}, not {expected}.");
    }

    private static void Check(bool holds, string message)
    {
        if (!holds)
            throw new SmokeFailedException(message);
    }
}
