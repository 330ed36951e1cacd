using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Publishing;

/// <summary>
/// Takes several batches at a time, answers each after a random number of turns of the scheduler, and keeps what it has stored by key.
/// </summary>
/// <param name="parallelism">What it takes.</param>
/// <param name="seed">Decides the answers.</param>
/// <param name="unsettled">The share of events that are not stored, or stored and not acknowledged.</param>
internal sealed class ParallelTransport(SendParallelism parallelism, int seed, double unsettled = 0) : IEventTransport
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly HashSet<string> _inFlight = [];
    private readonly List<(string Key, Guid Id, string Body)> _stored = [];
    private readonly HashSet<string> _blocked = [];
    private readonly TaskCompletionSource _allBusy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    public string Name => "parallel";

    public SendParallelism Parallelism => parallelism;

    /// <summary>The most calls at a time so far.</summary>
    public int MostCalls { get; private set; }

    /// <summary>The sizes of all calls.</summary>
    public List<int> Sizes { get; } = [];

    /// <summary>What makes a call wait; completed by default.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Completes once as many calls were open at a time as it takes; as <see cref="Gate"/>, it makes the first ones wait for the others.</summary>
    public Task AllBusy => _allBusy.Task;

    public IReadOnlyList<(string Key, Guid Id, string Body)> Stored
    {
        get
        {
            lock (_gate)
                return [.. _stored];
        }
    }

    public async ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        int turns;
        var keys = batch.ToArray().Select(KeyOf).Where(key => key.Length > 0).ToHashSet();
        lock (_gate)
        {
            MostCalls = Math.Max(MostCalls, ++_calls);
            if (_calls == parallelism.Batches)
                _allBusy.TrySetResult();
            Sizes.Add(batch.Length);
            // The promise that a transport builds on: two calls never hold events of one key.
            foreach (var key in keys)
                Assert.True(_inFlight.Add(key), $"{key} is in two calls");
            turns = _random.Next(20);
        }

        await Gate.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (; turns > 0; turns--)
            await Task.Yield();
        lock (_gate)
        {
            if (!cancellationToken.IsCancellationRequested)
                Answer(batch.Span, outcomes.Span);
            _inFlight.ExceptWith(keys);
            _calls--;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string KeyOf(OutgoingEvent outgoing) => Encoding.UTF8.GetString(outgoing.Key.Span);

    private void Answer(ReadOnlySpan<OutgoingEvent> batch, Span<DeliveryOutcome> outcomes)
    {
        _blocked.Clear();
        for (var i = 0; i < batch.Length; i++)
        {
            var key = KeyOf(batch[i]);
            // As brokers do it: behind an event that is not stored, none of its key is.
            var isStored = !_blocked.Contains(key) && _random.NextDouble() >= unsettled / 2;
            outcomes[i] = isStored ? DeliveryOutcome.Delivered() : DeliveryOutcome.Retriable("later");
            if (!isStored)
                _blocked.Add(key);
            else
                _stored.Add((key, batch[i].Id, Encoding.UTF8.GetString(batch[i].Body.Span)));
            if (isStored && _random.NextDouble() < unsettled / 2)
                outcomes[i] = DeliveryOutcome.Unknown("lost_reply");
        }
    }
}
