using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Telemetry.Events.Spool.Log;
using Telemetry.Events.Spool.Storage;
using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Instances;

/// <summary>The spool of this process: one instance directory of its own, and those that it took over.</summary>
internal sealed class EventSpool : IEventSpool, IDisposable
{
    private const string DamagedName = "damaged";

    private readonly SpoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _root;
    private readonly InstanceDirectory _own;
    private readonly SpoolMetrics _metrics;
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Dictionary<(string, DeliveryClass), SegmentedEventLog> _logs = [];
    private readonly List<LeftInstance> _left = [];
    private bool _disposed;

    /// <exception cref="IOException">The directory cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not use the directory.</exception>
    public EventSpool(SpoolOptions options, TimeProvider time, ILogger logger, IMeterFactory? meters = null)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _root = Path.GetFullPath(options.Directory!);
        SpoolFiles.CreateDirectory(_root);
        bool isMade;
        using (RootLock.Take(_root, time))
            _own = InstanceDirectory.Create(_root, time, out isMade);
        _metrics = new SpoolMetrics(this, time, meters);
        if (isMade)
            _logger.Opened(_own.Name);
        else
            _logger.OpenedOnFullDisk(_own.Name);
    }

    /// <summary>The logs of this process that were opened.</summary>
    public IReadOnlyList<SegmentedEventLog> Logs
    {
        get
        {
            lock (_gate)
                return [.. _logs.Values];
        }
    }

    /// <summary>The logs of others that still have events.</summary>
    public IReadOnlyList<LeftLog> LeftLogs
    {
        get
        {
            lock (_gate)
                return [.. _left.SelectMany(instance => instance.Logs)];
        }
    }

    public IEventLog Open(string transport, DeliveryClass delivery)
    {
        ArgumentException.ThrowIfNullOrEmpty(transport);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_logs.TryGetValue((transport, delivery), out var log))
            {
                var location = LogLocation.Of(_own.Path, transport, delivery);
                log = new SegmentedEventLog(location, NewLogId(), Settings(location), () => _own.Prepare(location.Directory));
                _logs.Add((transport, delivery), log);
            }

            return log;
        }
    }

    public IReadOnlyList<IEventLogReader> TakeOver()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var taken = new List<LeftInstance>();
            using (RootLock.Take(_root, _time))
            {
                var mine = _left.Select(instance => instance.Directory.Path).Append(_own.Path).ToHashSet(StringComparer.Ordinal);
                foreach (var path in InstanceDirectory.Enumerate(_root).Where(path => !mine.Contains(path)))
                {
                    if (TryTake(path) is { } instance)
                        taken.Add(instance);
                }
            }

            // Not under the root's lock: other processes need not wait while records are checked.
            return [.. taken.SelectMany(Load)];
        }
    }

    // A container that is disposed synchronously would throw for one that cannot be.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        var areClosed = true;
        foreach (var log in _logs.Values)
            areClosed &= await log.TryCloseAsync().ConfigureAwait(false);
        _metrics.Dispose();
        _logger.Closed(_logs.Values.Sum(log => log.Usage.Events) + LeftLogs.Sum(log => log.Usage.Events));
        foreach (var instance in _left)
            instance.Dispose();
        // A log whose disk hangs may still be written to: nobody else may have its directory before this process ends.
        if (!areClosed)
            return;
        if (_logs.Values.All(log => log.IsDrained))
            Delete(_own);
        _own.Dispose();
    }

    private LeftInstance? TryTake(string path)
    {
        try
        {
            return InstanceDirectory.TryTake(path) is { } directory ? new LeftInstance(directory) : null;
        }
        catch (Exception exception) when (DiskFailure.IsFailure(exception))
        {
            _logger.TakeOverFailed(exception, path);
            return null;
        }
    }

    private IReadOnlyList<IEventLogReader> Load(LeftInstance instance)
    {
        try
        {
            foreach (var location in InstanceDirectory.Logs(instance.Directory.Path))
                instance.Logs.Add(LeftLog.Open(location, Settings(location), () => OnDrained(instance)));
        }
        catch (Exception exception) when (DiskFailure.IsFailure(exception))
        {
            _logger.TakeOverFailed(exception, instance.Directory.Path);
            instance.Dispose();
            return [];
        }

        foreach (var log in instance.Logs)
        {
            var usage = log.Usage;
            if (usage.Events > 0 || usage.DamagedRecords > 0)
                _logger.TakenOver(usage.Events, log.Delivery, log.Transport, instance.Directory.Name, usage.DamagedRecords);
            log.Trim();
        }

        var withEvents = instance.Logs.Where(log => !log.IsDrained).ToList();
        if (withEvents.Count == 0)
            Remove(instance);
        else
            _left.Add(instance);
        return withEvents;
    }

    private void OnDrained(LeftInstance instance)
    {
        lock (_gate)
        {
            if (!_disposed && instance.Logs.All(log => log.IsDrained) && _left.Remove(instance))
                Remove(instance);
        }
    }

    private void Remove(LeftInstance instance)
    {
        foreach (var log in instance.Logs)
            log.Dispose();
        Delete(instance.Directory);
    }

    private void Delete(InstanceDirectory directory)
    {
        try
        {
            using (RootLock.Take(_root, _time))
                directory.Delete();
        }
        catch (Exception exception) when (DiskFailure.IsFailure(exception))
        {
            // A directory without events is left over; the next start deletes it.
            directory.Dispose();
        }
    }

    private LogSettings Settings(LogLocation location) => new(
        location.Directory,
        _options.MaxBytesOf(location.Delivery),
        _options.MaxCommitDelay,
        Path.Combine(_root, DamagedName),
        _time,
        _logger)
    {
        MaxEvents = _options.MaxEventsOf(location.Delivery),
        Metrics = new LogMetrics(_metrics, location.Delivery, location.Transport),
    };

    private static long NewLogId() => BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long)));
}
