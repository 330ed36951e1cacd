using System.Runtime.InteropServices;

namespace Telemetry.Events.Spool.Records;

/// <summary>What <see cref="RecordScanner"/> found at the start of a window.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">How far to move on; for <see cref="ScanKind.NeedMore"/> how long the window must be.</param>
/// <param name="Header">The header, where it is intact: of a record, or of one whose content is damaged.</param>
/// <param name="Reason">What is wrong with damage.</param>
/// <param name="DataBytes">How far damage reaches without the zeros at its end.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ScanStep(ScanKind Kind, int Bytes, RecordHeader Header = default, DamageReason Reason = default, int DataBytes = 0);
