using System.Collections.Concurrent;
using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Measuring;

/// <summary>The part of the store that the measurer uses, with calls that can be made to fail.</summary>
internal sealed class InMemoryRunStore : IRunStore
{
    private readonly ConcurrentDictionary<string, (Run Run, DateTimeOffset DueAt)> _runs = [];
    private int _failuresToCome;

    public int Failures { get; private set; }

    public void Add(Run run) => _runs[run.Id] = (run, DateTimeOffset.MinValue);

    public Run this[string id] => _runs[id].Run;

    public DateTimeOffset DueAt(string id) => _runs[id].DueAt;

    public void FailNext(int calls) => _failuresToCome = calls;

    public Task<IReadOnlyList<Run>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        ThrowIfToFail();
        return Task.FromResult<IReadOnlyList<Run>>(
        [
            .. _runs.Values.Where(row => row.Run.State == RunState.Finished && row.DueAt <= now)
                .OrderBy(row => row.DueAt).ThenBy(row => row.Run.Id, StringComparer.Ordinal).Take(limit).Select(row => row.Run),
        ]);
    }

    public Task SaveMeasurementAsync(string runId, Measurement measurement, CancellationToken cancellationToken)
    {
        ThrowIfToFail();
        var (run, due) = _runs[runId];
        _runs[runId] = (run with
        {
            State = measurement.NoDataReason is null ? RunState.Measured : RunState.NoData,
            StateReason = measurement.NoDataReason,
            Metrics = measurement.Metrics,
        }, due);
        return Task.CompletedTask;
    }

    public Task PostponeAsync(string runId, string reason, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken)
    {
        ThrowIfToFail();
        var run = _runs[runId].Run;
        _runs[runId] = (run with { StateReason = reason, MeasureAttempts = run.MeasureAttempts + 1 }, nextAttemptAt);
        return Task.CompletedTask;
    }

    public Task<Run?> GetAsync(string runId, CancellationToken cancellationToken) => Task.FromResult<Run?>(_runs[runId].Run);

    public Task ApplyAsync(
        IReadOnlyList<ConsumedRunEvent> events, IReadOnlyList<DeadLetter> deadLetters, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Run>> FindAsync(RunFilter filter, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Run>> FindOverlappingAsync(string node, TimeWindow window, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Run>>(
        [
            .. _runs.Values.Select(row => row.Run)
                .Where(run => run.Node == node && run.StartedAt < window.Finish && !(run.FinishedAt <= window.Start))
                .OrderBy(run => run.StartedAt),
        ]);

    public Task<IReadOnlyList<DeadLetter>> FindDeadLettersAsync(int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<StoreCounts> CountAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private void ThrowIfToFail()
    {
        if (_failuresToCome == 0)
            return;
        _failuresToCome--;
        Failures++;
        throw new IOException("The disk is gone.");
    }
}
