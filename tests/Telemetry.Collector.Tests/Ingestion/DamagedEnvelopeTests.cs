using System.Diagnostics;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Collector.Ingestion;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.Events.Kafka;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;
using Xunit.Abstractions;

namespace Telemetry.Collector.Tests.Ingestion;

/// <summary>What consumers decode, damaged. A million: <c>TELEMETRY_DAMAGED_ENVELOPES=1000000</c>; <c>…_SEED</c> repeats a run.</summary>
[Trait("Category", "Integration")]
public sealed partial class DamagedEnvelopeTests(ITestOutputHelper output)
{
    private const int Slow = 1000;
    private static readonly int Inputs = Number("TELEMETRY_DAMAGED_ENVELOPES") ?? 20_000;
    private static readonly int Seed = Number("TELEMETRY_DAMAGED_ENVELOPES_SEED") ?? Random.Shared.Next();

    [Fact]
    public async Task No_damage_crashes_a_decoder_hangs_it_or_makes_an_event_that_the_bytes_do_not_say()
    {
        output.WriteLine($"seed {Seed}, {Inputs} inputs");
        var envelopes = await EnvelopesAsync();
        var (events, runs, payloads) = (0, 0, 0);
        for (var input = 0; input < Inputs; input++)
        {
            // Not HashCode, which is another in each process.
            var random = new Random(unchecked((Seed * 31) + input));
            var bytes = EnvelopeDamage.Apply(envelopes[random.Next(envelopes.Count)], envelopes[random.Next(envelopes.Count)], random);
            var started = Stopwatch.GetTimestamp();
            try
            {
                if (!EventEnvelopeReader.TryRead(bytes, out var envelope, out _))
                    continue;
                events++;
                var isRun = RunEventDecoder.TryDecode(envelope, out var run, out _);
                runs += isRun ? 1 : 0;
                payloads += Consumed(envelope).TryReadData(Payloads.Default.Payload, out _, out _) ? 1 : 0;
                if (ReadAgain.FindDifference(bytes, envelope, run) is { } difference)
                    Assert.Fail($"The event says another {difference} than its bytes.");
            }
            catch (Exception exception)
            {
                Assert.Fail($"Input {input} of seed {Seed}, {Encoding.UTF8.GetString(bytes)}: {exception}");
            }

            Assert.True(Stopwatch.GetElapsedTime(started).TotalMilliseconds < Slow, $"Input {input} of seed {Seed} took longer than {Slow} ms.");
        }

        output.WriteLine($"{events} were still events, {runs} of them of runs, {payloads} with a payload that fits");
        Assert.InRange(events, Inputs / 100, Inputs * 9 / 10);
        Assert.InRange(runs, Inputs / 1000, events);
    }

    private static ConsumedEvent Consumed(EventEnvelope envelope) => new() { Topic = "topic", Partition = 0, Offset = 0, Envelope = envelope };

    /// <summary>Events as the publisher writes them, and one as another sender may.</summary>
    private static async Task<List<byte[]>> EnvelopesAsync()
    {
        await using var transport = new InMemoryTransport();
        await using (var publisher = InMemoryPublisher(transport))
        {
            var events = publisher.GetRequiredService<IEventPublisher>();
            events.Publish(new TaskRunStart("task-1", "user-1", "model-1", "node-1"));
            events.Publish(new TaskRunFinish("task-ü", "user \"2\"", "模型", "node-1", "failed", "line 1\nline 2 \u0001"));
            await events.FlushAsync(TimeSpan.FromSeconds(30));
        }

        List<byte[]> envelopes = [.. transport.Delivered.Select(received => received.Body.ToArray())];
        Assert.Equal(2, envelopes.Count);
        envelopes.Add("""{ "type": "TaskFailed", "specversion": "1.0", "source": "/mcp", "id": "7", "time": "2026-01-31T14:00:00.123456789+02:00", "n": [1, {"a": null}], "data": {"task_id": "t\u00e9", "error": "x"} }"""u8.ToArray());
        return envelopes;
    }

    private static ServiceProvider InMemoryPublisher(InMemoryTransport transport)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<IEventTransport>(transport);
        services.AddTelemetryEvents(options =>
        {
            options.ServiceName = "tests";
            options.Report.Enabled = false;
        });
        return services.BuildServiceProvider();
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;

    private sealed record Payload(string TaskId, string? UserId, string? Error);

    [JsonSerializable(typeof(Payload))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    private sealed partial class Payloads : JsonSerializerContext;
}
