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

public sealed class RunMeasurerTests : IAsyncLifetime
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
        _store.Add(Run("before") with { State = RunState.Measured, NextStage = null, FinishedAt = Now.AddSeconds(-100) });
        _store.Add(Run("open") with { State = RunState.Open, NextStage = null, FinishedAt = null });
        _store.Add(Run("elsewhere", node: "node-2") with { State = RunState.Measured, NextStage = null });
        _store.Add(Run("long-ago") with
        {
            State = RunState.Measured, NextStage = null, StartedAt = Now.AddMinutes(-9), FinishedAt = Now.AddMinutes(-8),
        });
        _store.Add(Run("never-finished") with { State = RunState.Open, NextStage = null, StartedAt = Now.AddDays(-8), FinishedAt = null });
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
            _store.Add(Run($"b{i}", node: $"node-{i}"));
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
    public async Task After_an_hour_without_Prometheus_and_one_without_the_store_every_run_is_measured_once()
    {
        string[] ids = ["a", "b", "c"];
        var step = TimeSpan.FromSeconds(10);
        _meter.Answer = _ => Down;
        foreach (var id in ids)
            _store.Add(Run(id));
        await StartAsync();

        await UntilAsync(() => _time.GetUtcNow() - Now >= TimeSpan.FromHours(1), step);
        // Every 2.5 to 5 minutes at last: a Prometheus that comes back is not met by a storm.
        Assert.All(ids, id => Assert.InRange(_store[id].MeasureAttempts, 10, 35));
        Assert.All(ids, id => Assert.Equal(RunState.Finished, _store[id].State));

        _store.FailNext(int.MaxValue);
        _meter.Answer = ScriptedMeter.Measured;
        await UntilAsync(() => _time.GetUtcNow() - Now >= TimeSpan.FromHours(2), step);
        Assert.True(_store.Failures > 10);
        _store.FailNext(0);

        await UntilAsync(() => ids.All(id => _store[id].State == RunState.Measured), step);
        Assert.All(ids, id => Assert.Equal(1, _store[id].Revision));
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
    public async Task Defect_in_one_run_of_a_batch_spares_the_others_of_its_node()
    {
        _meter.Answer = node => _meter.Calls.Last().Window.Length == TimeSpan.FromSeconds(7)
            ? throw new InvalidOperationException("Boom.") : ScriptedMeter.Measured(node);
        _store.Add(Run("a"));
        _store.Add(Run("b") with { FinishedAt = Now.AddMinutes(-2).AddSeconds(7) });
        _store.Add(Run("c"));
        await StartAsync();

        await UntilAsync(() => _store["a"].State == RunState.Measured && _store["c"].State == RunState.Measured
            && _store["b"].MeasureAttempts == 1);

        Assert.Contains("Boom.", _store["b"].StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_is_measured_at_its_finish_and_again_after_the_settle_delay()
    {
        _store.Add(Run("a") with { FinishedAt = Now, NextStage = MeasurementStage.Provisional, DueAt = Now });
        await StartAsync();

        await UntilAsync(() => _store["a"].Revision == 1);
        Assert.Equal((RunState.Finished, RevisionKind.Provisional), (_store["a"].State, _store["a"].RevisionKind));

        await UntilAsync(() => _store["a"].State == RunState.Measured, _options.PollInterval);
        Assert.Equal((2, RevisionKind.Final), (_store["a"].Revision, _store["a"].RevisionKind));
        Assert.True(_time.GetUtcNow() >= Now + _options.SettleDelay);
    }

    [Fact]
    public async Task Provisional_try_that_fails_or_finds_nothing_leaves_no_trace()
    {
        _meter.Answer = _ => Down;
        _store.Add(Run("a") with { FinishedAt = Now, NextStage = MeasurementStage.Provisional, DueAt = Now });
        _store.Add(Run("b", node: "node-2") with { FinishedAt = Now, NextStage = MeasurementStage.Provisional, DueAt = Now });
        await StartAsync();

        await UntilAsync(() => _store["a"].NextStage is MeasurementStage.Final && _store["b"].NextStage is MeasurementStage.Final);

        Assert.Equal((RunState.Finished, 0, 0, null), (_store["a"].State, _store["a"].Revision, _store["a"].MeasureAttempts, _store["a"].StateReason));
    }

    [Theory]
    [InlineData(RunEvidence.Pod, null)]
    [InlineData(RunEvidence.Node, 0.0)]
    public async Task Start_without_finish_is_closed_at_the_last_sample(string evidence, double? lo)
    {
        _meter.Evidence = new RunEvidence(Now.AddMinutes(-1), evidence);
        _meter.Answer = _ => PrometheusResult.Of(new Measurement([], null)
        {
            Values = [new("node.cpu", "integral", ValueState.Measured, 5, 4, 6, "core-seconds", 8, 1, "change_point")],
        });
        _store.Add(Run("a") with { State = RunState.Open, FinishedAt = null, NextStage = MeasurementStage.Orphan });
        await StartAsync();

        await UntilAsync(() => _store["a"].State == RunState.Orphaned);

        var run = _store["a"];
        Assert.Equal((Now.AddMinutes(-1), evidence), (run.EvidenceAt, run.Evidence));
        Assert.Contains($"last sample of its {evidence}", run.StateReason, StringComparison.Ordinal);
        Assert.Equal(lo ?? 4, Assert.Single(run.Values).Lo);
        Assert.Equal(new TimeWindow(run.StartedAt!.Value, Now.AddMinutes(-1)), Assert.Single(_meter.Calls).Window);
    }

    [Fact]
    public async Task Run_without_evidence_or_start_or_node_is_orphaned_with_the_reason_and_without_figures()
    {
        var open = Run("a") with { State = RunState.Open, FinishedAt = null, NextStage = MeasurementStage.Orphan };
        _store.Add(open);
        _store.Add(open with { Id = "b", StartedAt = null, FinishedAt = Now.AddMinutes(-1) });
        _store.Add(open with { Id = "c", Node = null });
        await StartAsync();

        await UntilAsync(() => new[] { "a", "b", "c" }.All(id => _store[id].State == RunState.Orphaned));

        Assert.Contains("no sample of the run's pod or node", _store["a"].StateReason, StringComparison.Ordinal);
        Assert.Contains("No start event came within 1.00:00:00", _store["b"].StateReason, StringComparison.Ordinal);
        Assert.Contains("names no node", _store["c"].StateReason, StringComparison.Ordinal);
        Assert.Empty(_meter.Calls);
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

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
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
        NextStage = MeasurementStage.Final,
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

        public RunEvidence Evidence { get; set; } = new(null, RunEvidence.Node);

        public Task<PrometheusResult<RunEvidence>> FindLastSampleAsync(MeterRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(PrometheusResult.Of(Evidence));

        public async Task<IReadOnlyList<PrometheusResult<Measurement>>> MeasureAsync(
            IReadOnlyList<MeterRequest> requests, CancellationToken cancellationToken)
        {
            lock (Calls)
                MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
            try
            {
                List<PrometheusResult<Measurement>> results = [];
                foreach (var request in requests)
                {
                    Requests.Enqueue(request);
                    Calls.Enqueue((request.Node, request.Window));
                    if (Gate.TryGetValue(request.Node, out var gate))
                        await gate.Task.WaitAsync(cancellationToken);
                    else
                        await Task.Yield();
                    results.Add(Answer(request.Node));
                }

                return results;
            }
            finally
            {
                lock (Calls)
                    _atOnce--;
            }
        }
    }
}
