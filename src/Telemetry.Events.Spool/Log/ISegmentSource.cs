using Telemetry.Events.Spool.Records;
using Telemetry.Events.Spool.Storage;

namespace Telemetry.Events.Spool.Log;

/// <summary>What a reader needs to know of the log that it reads.</summary>
internal interface ISegmentSource
{
    /// <summary>The segment behind <paramref name="current"/>, or the oldest; null where there is none yet.</summary>
    Segment? After(Segment? current);

    /// <summary>How far a segment can be read at this moment.</summary>
    SegmentView View(Segment segment);

    /// <summary>A stretch was passed over.</summary>
    void Report(Segment segment, DamagedRange damage);
}
