namespace Telemetry.Events.Analyzers.Model;

/// <summary>How a member's value is written.</summary>
internal enum FieldKind
{
    String,
    Boolean,
    Integer,
    UnsignedLong,
    Number,
    Guid,
    DateTimeOffset,
    DateTime,
    TimeSpan,
    Uri,
    Enum,
    Json,
    Payload,
    List,
}
