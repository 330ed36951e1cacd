using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Tests.Prometheus;

public class QueryGateTests
{
    private const string Empty = """{"status":"success","data":{"resultType":"matrix","result":[]}}""";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Only_so_many_queries_are_under_way_and_the_queue_is_a_metric()
    {
        var release = new TaskCompletionSource();
        var (now, most) = (0, 0);
        var counting = new Lock();
        await using var stub = await StubPrometheus.StartAsync(async (_, context) =>
        {
            lock (counting)
                most = Math.Max(most, ++now);
            await release.Task;
            lock (counting)
                now--;
            await context.Response.WriteAsync(Empty);
        });
        await using var services = StubPrometheus.Services(
            ("PROMETHEUS_URL", stub.Address), ("Collector:Prometheus:MaxConcurrentQueries", "3"));
        var client = services.GetRequiredService<PrometheusClient>();
        using var listener = new MeterListener();
        long queued = -1;
        var factory = services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == factory && instrument.Name == "telemetry.collector.prometheus.queue")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => queued = value);
        listener.Start();

        var queries = Enumerable.Range(0, 10).Select(_ => QueryAsync(client)).ToArray();
        var waited = Stopwatch.StartNew();
        while (queued != 7 || Volatile.Read(ref now) != 3)
        {
            listener.RecordObservableInstruments();
            Assert.True(waited.Elapsed < Deadline, $"{queued} wait, {stub.Requests} were sent.");
            await Task.Yield();
        }

        release.SetResult();
        await Task.WhenAll(queries).WaitAsync(Deadline);

        Assert.Equal((3, 10), (most, stub.Requests));
        listener.RecordObservableInstruments();
        Assert.Equal(0, queued);
    }

    [Fact]
    public async Task Only_so_many_queries_begin_in_a_second()
    {
        await using var stub = await StubPrometheus.StartAsync(200, Empty);
        await using var services = StubPrometheus.Services(
            ("PROMETHEUS_URL", stub.Address), ("Collector:Prometheus:MaxConcurrentQueries", "4"),
            ("Collector:Prometheus:MaxQueriesPerSecond", "50"));
        var client = services.GetRequiredService<PrometheusClient>();
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 54).Select(_ => QueryAsync(client)));

        // The first four are on credit; the other fifty take a second.
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(0.9), $"They took {watch.Elapsed}.");
    }

    private static async Task QueryAsync(PrometheusClient client)
    {
        var result = await client.QueryAsync(
            PrometheusSelector.For("up"), TimeSpan.FromMinutes(1), DateTimeOffset.UnixEpoch.AddDays(1), CancellationToken.None);
        Assert.True(result.IsSuccess, result.Failure?.Reason);
    }
}
