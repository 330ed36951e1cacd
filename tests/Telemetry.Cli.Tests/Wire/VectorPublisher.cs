using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events;
using Telemetry.Events.Testing;

namespace Telemetry.Cli.Tests.Wire;

/// <summary>Publishes the input of a vector as a service would: a typed event, through the real publisher.</summary>
internal static class VectorPublisher
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly JsonSerializerOptions Fields = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new LoneSurrogateText(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static readonly Dictionary<string, Type> Types = typeof(EventName).Assembly.GetTypes()
        .Select(type => (Type: type, Attribute: type.GetCustomAttributes(typeof(TelemetryEventAttribute), inherit: false).SingleOrDefault()))
        .Where(pair => pair.Attribute is not null)
        .ToDictionary(pair => ((TelemetryEventAttribute)pair.Attribute!).Name, pair => pair.Type);

    public static async Task<ReceivedEvent> PublishAsync(JsonElement input)
    {
        var data = input.GetProperty("data").Deserialize(Types[input.GetProperty("event").GetString()!], Fields)!;
        using var activity = Start(input);
        return await (Task<ReceivedEvent>)typeof(VectorPublisher).GetMethod(nameof(PublishTypedAsync))!
            .MakeGenericMethod(data.GetType())
            .Invoke(null, [data, input])!;
    }

    public static async Task<ReceivedEvent> PublishTypedAsync<TEvent>(TEvent telemetryEvent, JsonElement input)
        where TEvent : ITelemetryEvent
    {
        var transport = new InMemoryTransport();
        // Where audit events go first.
        var spool = Directory.CreateTempSubdirectory("telemetry-vectors-").FullName;
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTelemetryEvents(options =>
        {
            options.ServiceName = input.GetProperty("service").GetString();
            SetContext(options.Context, input.GetProperty("context"));
        }).AddSpool(spool).UseInMemory(transport);
        try
        {
            await using var provider = services.BuildServiceProvider();

            var result = provider.GetRequiredService<IEventPublisher>().Publish(telemetryEvent);

            Assert.True(result.IsAccepted, result.ToString());
            return Assert.Single(await transport.WaitForAsync(1, Deadline));
        }
        finally
        {
            Directory.Delete(spool, recursive: true);
        }
    }

    // The machine's own variables would fill what a vector leaves out.
    private static void SetContext(EventContextOptions options, JsonElement context)
    {
        foreach (var variable in new[] { "TENANT_ID", "NODE_ID", "VM_TYPE", "HOST_NAME", "STORAGE_SIZE", "STORAGE_TYPE" })
            Environment.SetEnvironmentVariable(variable, null);
        options.TenantId = Value(EnvelopeAttributes.TenantId);
        options.NodeId = Value(EnvelopeAttributes.NodeId);
        options.VmType = Value(EnvelopeAttributes.VmType);
        options.HostName = Value(EnvelopeAttributes.HostName);
        options.StorageSize = Value(EnvelopeAttributes.StorageSize);
        options.StorageType = Value(EnvelopeAttributes.StorageType);

        string? Value(string name) => context.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private static Activity? Start(JsonElement input)
    {
        Activity.Current = null;
        if (!input.TryGetProperty("traceparent", out var parent))
            return null;
        var activity = new Activity("vector").SetParentId(parent.GetString()!);
        activity.TraceStateString = input.GetProperty("tracestate").GetString();
        return activity.Start();
    }
}
