using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Measuring;

public sealed class RunMeasurerTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly PrometheusFailure Down = new(PrometheusFailureKind.Unreachable, "Prometheus is down.");

    private readonly InMemoryRunStore _store = new();
    private readonly ScriptedMeter _meter = new();
    private readonly FakeTimeProvider _time = new(Now);
    private readonly MeasuringOptions _options = new() { MeasureConcurrency = 2 };
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private RunMeasurer? _measurer;

    [Fact]
    public async Task Due_run_is_measured_over_its_own_window_and_stored()
    {
        _store.Add(Run("a"));
        await StartAsync();

        await UntilAsync(() => _store["a"].State == RunState.Measured);

        Assert.Equal(("node-1", new TimeWindow(Now.AddMinutes(-2), Now.AddMinutes(-1))), Assert.Single(_meter.Calls));
    }

    [Fact]
    public async Task Meter_learns_of_the_other_runs_near_on_the_node_and_of_the_runs_labels()
    {
        _store.Add(Run("a") with { UserId = "ann", Model = "llm" });
        _store.Add(Run("before") with { State = RunState.Measured, FinishedAt = Now.AddSeconds(-100) });
        _store.Add(Run("open") with { State = RunState.Open, FinishedAt = null });
        _store.Add(Run("elsewhere", node: "node-2") with { State = RunState.Measured });
        _store.Add(Run("long-ago") with
        {
            State = RunState.Measured, StartedAt = Now.AddMinutes(-9), FinishedAt = Now.AddMinutes(-8),
        });
        _store.Add(Run("never-finished") with { State = RunState.Open, StartedAt = Now.AddDays(-8), FinishedAt = null });
        await StartAsync();

        await UntilAsync(() => _store["a"].State == RunState.Measured);

        var request = Assert.Single(_meter.Requests);
        Assert.Equal(
            [
                new TimeWindow(Now.AddMinutes(-2), Now.AddSeconds(-100)),
                new TimeWindow(Now.AddMinutes(-2), Now.AddMinutes(-1) + _meter.Reach),
            ],
            request.Others.OrderBy(other => other.Finish));
        Assert.Equal(
            ["kind=task", "model=llm", "task_id=a", "user_id=ann"],
            request.Labels.Select(label => $"{label.Key}={label.Value}").Order());
    }

    [Fact]
    public async Task No_data_closes_the_run_with_its_reason()
    {
        _meter.Answer = _ => PrometheusResult.Of(Measurement.NoData("Nothing there."));
        _store.Add(Run("a"));
        await StartAsync();

        await UntilAsync(() => _store["a"].State == RunState.NoData);

        Assert.Equal("Nothing there.", _store["a"].StateReason);
    }

    [Fact]
    public async Task Failure_postpones_the_run_further_every_time_until_it_succeeds()
    {
        _meter.Answer = _ => Down;
        _store.Add(Run("a"));
        await StartAsync();

        await UntilAsync(() => _store["a"].MeasureAttempts == 1);
        Assert.Equal("Prometheus is down.", _store["a"].StateReason);
        Assert.Equal(RunState.Finished, _store["a"].State);
        Assert.InRange(_store.DueAt("a") - Now, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(5));

        await UntilAsync(() => _store["a"].MeasureAttempts == 4, _options.PollInterval);
        Assert.InRange(_store.DueAt("a") - _time.GetUtcNow(), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(40));

        _meter.Answer = ScriptedMeter.Measured;
        await UntilAsync(() => _store["a"].State == RunState.Measured, _options.PollInterval);
    }

    [Fact]
    public async Task Run_that_hangs_leaves_the_other_slots_to_the_others()
    {
        _meter.Gate["slow"] = new TaskCompletionSource();
        _store.Add(Run("a-slow", node: "slow"));
        for (var i = 0; i < 10; i++)
            _store.Add(Run($"b{i}"));
        await StartAsync();

        await UntilAsync(
            () => Enumerable.Range(0, 10).All(i => _store[$"b{i}"].State == RunState.Measured), _options.PollInterval);

        Assert.Equal(RunState.Finished, _store["a-slow"].State);
        Assert.Single(_meter.Calls, call => call.Node == "slow");
        Assert.Equal(2, _meter.MostAtOnce);
    }

    [Fact]
    public async Task Defect_in_the_measurement_postpones_that_run_and_spares_the_others()
    {
        _meter.Answer = node => node == "bad" ? throw new InvalidOperationException("Boom.") : ScriptedMeter.Measured(node);
        _store.Add(Run("a", node: "bad"));
        _store.Add(Run("b"));
        await StartAsync();

        await UntilAsync(() => _store["b"].State == RunState.Measured && _store["a"].MeasureAttempts == 1);

        Assert.Contains("Boom.", _store["a"].StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_that_fails_is_tried_again()
    {
        _store.Add(Run("a"));
        _store.FailNext(3);
        await StartAsync();

        await UntilAsync(() => _store["a"].State == RunState.Measured, _options.PollInterval);

        Assert.Equal(3, _store.Failures);
    }

    [Fact]
    public async Task Result_that_could_not_be_stored_is_measured_again()
    {
        _meter.Answer = node =>
        {
            if (_meter.Calls.Count == 1)
                _store.FailNext(1);
            return ScriptedMeter.Measured(node);
        };
        _store.Add(Run("a"));
        await StartAsync();

        await UntilAsync(() => _store["a"].State == RunState.Measured, _options.PollInterval);

        Assert.Equal(2, _meter.Calls.Count);
    }

    [Fact]
    public async Task Run_without_a_node_or_with_its_ends_exchanged_has_no_data()
    {
        _store.Add(Run("a", node: null));
        _store.Add(Run("b") with { FinishedAt = Now.AddHours(-1) });
        await StartAsync();

        await UntilAsync(() => _store["a"].State == RunState.NoData && _store["b"].State == RunState.NoData);

        Assert.Contains("no node", _store["a"].StateReason, StringComparison.Ordinal);
        Assert.Contains("clocks", _store["b"].StateReason, StringComparison.Ordinal);
        Assert.Empty(_meter.Calls);
    }

    [Fact]
    public async Task Stops_at_once_in_the_middle_of_a_measurement_and_leaves_the_run_due()
    {
        _meter.Gate["slow"] = new TaskCompletionSource();
        _store.Add(Run("a", node: "slow"));
        await StartAsync();
        await UntilAsync(() => !_meter.Calls.IsEmpty);

        await _measurer!.StopAsync(CancellationToken.None).WaitAsync(Deadline);

        Assert.True(_measurer.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal((RunState.Finished, 0), (_store["a"].State, _store["a"].MeasureAttempts));
    }

    [Fact]
    public async Task Outcomes_and_reasons_are_counted()
    {
        ConcurrentBag<(string Instrument, object? Tag)> counted = [];
        var metrics = Metrics();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => counted.Add((instrument.Name, tags[0].Value)));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => counted.Add((instrument.Name, tags[0].Value)));
        listener.Start();
        _meter.Answer = node => node == "bad" ? Down : ScriptedMeter.Measured(node);
        _store.Add(Run("a", node: "bad"));
        _store.Add(Run("b"));
        await StartAsync(metrics);

        await UntilAsync(() => _store["b"].State == RunState.Measured && _store["a"].MeasureAttempts == 1);

        Assert.Equal(
            [
                ("telemetry.collector.measurement.duration", "failed"), ("telemetry.collector.measurement.duration", "measured"),
                ("telemetry.collector.measurements", "failed"), ("telemetry.collector.measurements", "measured"),
                ("telemetry.collector.prometheus.failures", "unreachable"),
            ],
            counted.Order());
    }

    public async ValueTask DisposeAsync()
    {
        if (_measurer is not null)
            await _measurer.StopAsync(CancellationToken.None);
        _measurer?.Dispose();
        await _services.DisposeAsync();
    }

    private static Run Run(string id, string? node = "node-1") => new()
    {
        Id = id,
        Kind = RunKind.Task,
        TaskId = id,
        State = RunState.Finished,
        Node = node,
        StartedAt = Now.AddMinutes(-2),
        FinishedAt = Now.AddMinutes(-1),
    };

    private MeasuringMetrics Metrics() => new(_services.GetRequiredService<IMeterFactory>());

    private Task StartAsync(MeasuringMetrics? metrics = null)
    {
        _measurer = new RunMeasurer(
            _store, _meter, metrics ?? Metrics(), Options.Create(_options), Options.Create(new PrometheusOptions()),
            _time, Random.Shared, NullLogger<RunMeasurer>.Instance);
        return _measurer.StartAsync(CancellationToken.None);
    }

    /// <summary>Waits in real time for the condition; the measurer's clock goes on by the step with every look.</summary>
    private async Task UntilAsync(Func<bool> condition, TimeSpan step = default)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            _time.Advance(step);
            await Task.Delay(2, deadline.Token);
        }
    }

    private sealed class ScriptedMeter : INodeMeter
    {
        private int _atOnce;

        public ConcurrentQueue<(string Node, TimeWindow Window)> Calls { get; } = [];

        public ConcurrentDictionary<string, TaskCompletionSource> Gate { get; } = [];

        public int MostAtOnce { get; private set; }

        public Func<string, PrometheusResult<Measurement>> Answer { get; set; } = Measured;

        public static PrometheusResult<Measurement> Measured(string node) =>
            PrometheusResult.Of(new Measurement([new(node, "cores", "core-seconds", 1, 1, 1, 1, 60, 4)], null));

        public TimeSpan Reach { get; } = TimeSpan.FromMinutes(4);

        public ConcurrentQueue<MeterRequest> Requests { get; } = [];

        public async Task<PrometheusResult<Measurement>> MeasureAsync(MeterRequest request, CancellationToken cancellationToken)
        {
            var (node, window) = (request.Node, request.Window);
            Requests.Enqueue(request);
            lock (Calls)
                MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
            try
            {
                Calls.Enqueue((node, window));
                if (Gate.TryGetValue(node, out var gate))
                    await gate.Task.WaitAsync(cancellationToken);
                else
                    await Task.Yield();
                return Answer(node);
            }
            finally
            {
                lock (Calls)
                    _atOnce--;
            }
        }
    }
}
