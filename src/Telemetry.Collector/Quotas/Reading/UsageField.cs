namespace Telemetry.Collector.Quotas.Reading;

/// <summary>What a field of a payload is to whoever reads usage.</summary>
internal enum UsageField
{
    /// <summary>No column; its value does not matter.</summary>
    Unknown,

    /// <summary>A column of text.</summary>
    Text,

    /// <summary>A column of floating-point numbers.</summary>
    Number,

    /// <summary>Who is charged.</summary>
    User,

    /// <summary>The task.</summary>
    Task,

    /// <summary>How much.</summary>
    Credits,

    /// <summary>A column of another type, which its table's decoder looks at.</summary>
    Other,
}
