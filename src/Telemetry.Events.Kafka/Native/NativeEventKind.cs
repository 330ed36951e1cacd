namespace Telemetry.Events.Kafka.Native;

/// <summary><c>RD_KAFKA_EVENT_*</c>, as far as they are used.</summary>
[Flags]
internal enum NativeEventKind
{
    None = 0,
    DeliveryReport = 0x1,
    Log = 0x4,
    Error = 0x8,
    Statistics = 0x40,
    TokenRefresh = 0x100,
}
