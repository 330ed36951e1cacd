using Telemetry.Events.Spool.Records;
using Telemetry.Events.Spool.Storage;
using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Log;

/// <summary>What a process that is gone left in one of its logs: read and acknowledged to its end, then deleted.</summary>
internal sealed class LeftLog : ReadableLog
{
    private const int ScanBatch = 1024;
    private readonly Action _drained;

    private LeftLog(LogLocation location, LogState state, LogSettings settings, Action drained)
        : base(location, state, settings) => _drained = drained;

    public override EventLogUsage Usage => State.Usage(maxBytes: 0, SpoolRefusal.None);

    public bool IsDrained => State.IsDrained;

    public IReadOnlyList<DamagedRange> Damage => State.Damage;

    /// <summary>Checks every record, and counts what there is.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public static LeftLog Open(LogLocation location, LogSettings settings, Action drained)
    {
        var state = new LogState(location.Directory, SegmentList.Load(location.Directory), settings, isReadOnly: true);
        using (var scan = new SegmentReader(state, state.AcknowledgedAtOpen))
        {
            for (var batch = scan.Read(ScanBatch); !batch.IsEmpty; batch = scan.Read(ScanBatch))
            {
                foreach (ref readonly var spooled in batch.Span)
                    state.Recover(spooled.Position, spooled.Time);
            }
        }

        state.EndRecovery();
        return new LeftLog(location, state, settings, drained);
    }

    /// <summary>Gives back what is settled; all of it where nothing is left to send.</summary>
    public void Trim() => State.Trim();

    protected override void OnAcknowledged()
    {
        State.Trim();
        if (State.IsDrained)
            _drained();
    }
}
