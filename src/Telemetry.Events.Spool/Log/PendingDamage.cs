using Telemetry.Events.Spool.Records;

namespace Telemetry.Events.Spool.Log;

/// <summary>A stretch of damage that goes on until the next intact record. Used by one thread.</summary>
internal sealed class PendingDamage
{
    private long _offset = -1;
    private bool _isZeros = true;
    private DamageReason _reason;

    /// <summary>The highest position that an intact header inside the stretch told; 0 for none.</summary>
    public long LastPosition { get; private set; }

    public void Extend(long offset, in ScanStep step, long expected, long limit)
    {
        if (_offset < 0)
            _offset = offset;
        if (step.Kind == ScanKind.Zeros)
            return;
        if (_isZeros)
            _reason = step.Reason;
        _isZeros = false;
        if (step.Header.Position >= expected && step.Header.Position < limit)
            LastPosition = Math.Max(LastPosition, step.Header.Position);
    }

    /// <summary>Ends the stretch. Null where there was none, or nothing but room written ahead.</summary>
    public (long Offset, long Bytes, DamageReason Reason)? Take(long end)
    {
        (long, long, DamageReason)? taken = _isZeros ? null : (_offset, end - _offset, _reason);
        (_offset, _isZeros, LastPosition) = (-1, true, 0);
        return taken;
    }
}
