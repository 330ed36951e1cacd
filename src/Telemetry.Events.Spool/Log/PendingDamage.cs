using Telemetry.Events.Spool.Records;

namespace Telemetry.Events.Spool.Log;

/// <summary>A stretch of damage that goes on until the next intact record. Used by one thread.</summary>
internal sealed class PendingDamage
{
    private long _offset = -1;
    private bool _isZeros = true;
    private DamageReason _reason;

    // Behind the last byte that is not zero.
    private long _dataEnd;

    // What the stretch's last intact header told, and the highest position of those before it; 0 for none.
    private long _recordEnd;
    private long _recordPosition;
    private long _earlierPosition;

    /// <summary>The highest position that an intact header inside the stretch told; 0 for none.</summary>
    public long LastPosition => Math.Max(_earlierPosition, _recordPosition);

    public void Extend(long offset, in ScanStep step, long expected, long limit)
    {
        if (_offset < 0)
            _offset = offset;
        if (step.Kind == ScanKind.Zeros)
            return;
        if (_isZeros)
            _reason = step.Reason;
        _isZeros = false;
        _dataEnd = offset + step.DataBytes;
        if (step.Header.Position < expected || step.Header.Position >= limit)
            return;
        _earlierPosition = LastPosition;
        (_recordPosition, _recordEnd) = (step.Header.Position, offset + step.Header.RecordBytes);
    }

    /// <summary>
    /// Nothing but zeros follows to the end of a log that its process left: where the last record's own bytes end too early, its write was not
    /// finished, and it counts as no record. One whose content ends in zeros looks the same; JSON does not.
    /// </summary>
    public void EndWithLog()
    {
        if (_isZeros || _dataEnd >= (_recordPosition > 0 ? _recordEnd : _offset + RecordHeader.Size))
            return;
        if (_earlierPosition == 0)
            _reason = DamageReason.Torn;
        _recordPosition = 0;
    }

    /// <summary>Ends the stretch. Null where there was none, or nothing but room written ahead.</summary>
    public (long Offset, long Bytes, DamageReason Reason)? Take(long end)
    {
        (long, long, DamageReason)? taken = _isZeros ? null : (_offset, end - _offset, _reason);
        (_offset, _isZeros, _dataEnd, _recordEnd, _recordPosition, _earlierPosition) = (-1, true, 0, 0, 0, 0);
        return taken;
    }
}
