using FsCheck.Xunit;
using Telemetry.Events.Spool.Records;

namespace Telemetry.Events.Spool.Tests.Records;

public sealed class RecordScannerTests
{
    [Property(MaxTest = 2000)]
    public bool Scanning_any_bytes_ends_at_their_end_and_finds_no_record_in_them(byte[] bytes, long logId)
    {
        var at = 0;
        while (true)
        {
            var step = RecordScanner.Next(bytes.AsSpan(at), isLast: true, logId);
            if (step.Kind == ScanKind.End)
                return at == bytes.Length;
            if (step.Kind == ScanKind.Record || step.Kind == ScanKind.NeedMore || step.Bytes < 1)
                return false;
            at += step.Bytes;
        }
    }
}
