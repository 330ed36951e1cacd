using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telemetry.Collector.Hosting;

namespace Telemetry.IntegrationTests.MainJob;

/// <summary>The whole Collector on a port of its own.</summary>
internal sealed class CollectorInstance : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _application;

    private CollectorInstance(WebApplication application)
    {
        _application = application;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public static Task<CollectorInstance> StartAsync(string kafka, string prometheus, string storeFile, params string[] args) =>
        StartAsync(kafka, prometheus, storeFile, TimeProvider.System, args);

    public static async Task<CollectorInstance> StartAsync(
        string kafka, string prometheus, string storeFile, TimeProvider time, params string[] args)
    {
        var application = CollectorApplication.Create(
            [
                "--urls", "http://127.0.0.1:0",
                // A second member of the group is let in only when the first one's session has run out: keep that short.
                "--Collector:Kafka:ConnectionString", $"kafka://{kafka}?session.timeout.ms=2000&heartbeat.interval.ms=500",
                "--Collector:Prometheus:Url", prometheus,
                "--Collector:Prometheus:ScrapeInterval", "00:00:01",
                "--Collector:Prometheus:QueryTimeout", "00:00:02",
                "--Collector:Measuring:SettleDelay", "00:00:00",
                "--Collector:Measuring:PollInterval", "00:00:00.1",
                "--Collector:Measuring:RetryDelay", "00:00:00.2",
                "--Collector:Measuring:MaxRetryDelay", "00:00:01",
                "--Collector:Storage:Path", storeFile,
                .. args,
            ],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(time);
            });
        await application.StartAsync();
        return new CollectorInstance(application);
    }

    /// <summary>The one run of a task and kind, once it satisfies the condition.</summary>
    public Task<JsonElement> RunAsync(string task, string kind, Func<JsonElement, bool> until) => EventuallyAsync(
        async () => (await RunsAsync($"task={Uri.EscapeDataString(task)}")).Where(run => run.GetProperty("kind").GetString() == kind).ToList(),
        runs => runs.Count == 1 && until(runs[0]),
        runs => runs[0]);

    public Task<JsonElement> RunAsync(string task, string kind, string state) =>
        RunAsync(task, kind, run => run.GetProperty("state").GetString() == state);

    public async Task<IReadOnlyList<JsonElement>> RunsAsync(string query) =>
        [.. (await Client.GetFromJsonAsync<JsonElement>($"/v1/runs?{query}")).GetProperty("runs").EnumerateArray()];

    public Task<IReadOnlyList<JsonElement>> DeadLettersAsync(int count) => EventuallyAsync<IReadOnlyList<JsonElement>, IReadOnlyList<JsonElement>>(
        async () => [.. (await Client.GetFromJsonAsync<JsonElement>("/v1/dead-letters")).GetProperty("dead_letters").EnumerateArray()],
        letters => letters.Count == count,
        letters => letters);

    /// <summary>The report of <c>/v1/ingestion</c> once so many records of the direct topics are stored, as rows or dead letters.</summary>
    public Task<JsonElement> IngestedAsync(long stored) => EventuallyAsync(
        () => Client.GetFromJsonAsync<JsonElement>("/v1/ingestion"),
        report => report.GetProperty("partitions").EnumerateArray().Sum(partition => partition.GetProperty("stored").GetInt64()) == stored,
        report => report);

    /// <summary>Returns once it is not ready for a reason that holds the text; it may be unready for others before.</summary>
    public Task<string> UnreadyAsync(string reason) => EventuallyAsync(
        async () =>
        {
            using var response = await Client.GetAsync("/health/ready");
            return response.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable ? await response.Content.ReadAsStringAsync() : "";
        },
        body => body.Contains(reason, StringComparison.Ordinal),
        body => body);

    public Task<HttpResponseMessage> ReadyAsync() => EventuallyAsync(
        () => Client.GetAsync("/health/ready"), response => response.IsSuccessStatusCode, response => response);

    /// <summary>
    /// What a gauge of this Collector says now. Its <c>/metrics</c> cannot tell: there OpenTelemetry, which listens to meters by name,
    /// mixes all Collectors of the process.
    /// </summary>
    public long? Gauge(string name)
    {
        var meters = _application.Services.GetRequiredService<IMeterFactory>();
        long? last = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name == name)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => last = value);
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => last = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return last;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static async Task<TResult> EventuallyAsync<T, TResult>(Func<Task<T>> ask, Func<T, bool> until, Func<T, TResult> result)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await ask();
            if (until(answer))
                return result(answer);
            Assert.False(deadline.IsCancellationRequested, $"After {Patience} the last answer was: {JsonSerializer.Serialize(answer)}");
            await Task.Delay(50);
        }
    }
}
