namespace Telemetry.Events.Publishing;

/// <summary>Who waits for room, and who for events to be settled. Not thread-safe: the queue calls it under its lock.</summary>
internal sealed class LaneWaiters
{
    private readonly List<(long Through, TaskCompletionSource Signal)> _flushes = [];
    private TaskCompletionSource? _room;

    public Task Room => (_room ??= NewSignal()).Task;

    public static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void SignalRoom()
    {
        _room?.TrySetResult();
        _room = null;
    }

    public Task AddFlush(long through)
    {
        var signal = NewSignal();
        _flushes.Add((through, signal));
        return signal.Task;
    }

    public void CompleteFlushes(long firstUnsettled) =>
        _flushes.RemoveAll(flush => firstUnsettled > flush.Through && flush.Signal.TrySetResult());
}
