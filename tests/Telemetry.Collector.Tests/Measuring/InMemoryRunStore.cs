using System.Collections.Concurrent;
using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Measuring;

/// <summary>The part of the store that the measurer uses, with calls that can be made to fail.</summary>
internal sealed class InMemoryRunStore : IRunStore
{
    private static readonly RunSchedule Schedule = new() { SettleDelay = TimeSpan.FromSeconds(60) };

    private readonly ConcurrentDictionary<string, Run> _runs = [];
    private int _failuresToCome;

    public int Failures { get; private set; }

    public void Add(Run run) => _runs[run.Id] = run with { DueAt = run.DueAt ?? DateTimeOffset.MinValue };

    public Run this[string id] => _runs[id];

    public DateTimeOffset DueAt(string id) => _runs[id].DueAt!.Value;

    public void FailNext(int calls) => _failuresToCome = calls;

    public Task<IReadOnlyList<Run>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        ThrowIfToFail();
        return Task.FromResult<IReadOnlyList<Run>>(
        [
            .. _runs.Values.Where(run => run.NextStage is not null && run.DueAt <= now)
                .OrderBy(run => run.DueAt).ThenBy(run => run.Id, StringComparer.Ordinal).Take(limit),
        ]);
    }

    public Task SaveMeasurementsAsync(IReadOnlyList<RunMeasurement> measurements, CancellationToken cancellationToken)
    {
        ThrowIfToFail();
        foreach (var (runId, measurement) in measurements)
        {
            if (MeasuredRow.From(_runs[runId], measurement, Schedule) is { } row)
                _runs[runId] = row.Run;
        }

        return Task.CompletedTask;
    }

    public Task PostponeAsync(string runId, string reason, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken)
    {
        ThrowIfToFail();
        var run = _runs[runId];
        _runs[runId] = run with { StateReason = reason, MeasureAttempts = run.MeasureAttempts + 1, DueAt = nextAttemptAt };
        return Task.CompletedTask;
    }

    public Task<Run?> GetAsync(string runId, CancellationToken cancellationToken) => Task.FromResult<Run?>(_runs[runId]);

    public Task<IReadOnlyList<RunTime>> FindOverlappingAsync(string node, TimeWindow window, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RunTime>>(
        [
            .. _runs.Values
                .Where(run => run.Node == node && run.StartedAt < window.Finish && !(run.EndedAt <= window.Start))
                .OrderBy(run => run.StartedAt).Select(run => new RunTime(run.Id, run.StartedAt!.Value, run.EndedAt)),
        ]);

    public Task ApplyAsync(
        IReadOnlyList<ConsumedRunEvent> events, IReadOnlyList<DeadLetter> deadLetters, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Run>> FindAsync(RunFilter filter, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Run>> FindMeasuredAsync(
        DateTimeOffset since, DateTimeOffset until, string? afterId, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<RunRevision>> GetRevisionsAsync(string runId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<RunAggregate>> AggregateAsync(RunAggregateQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

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
