namespace Telemetry.Events;

/// <summary>The rules of an event name, one by one. The specification's "Event Naming Rules" made checkable.</summary>
public enum EventNameRule
{
    /// <summary>No rule is broken.</summary>
    None = 0,

    /// <summary>The name is null or empty.</summary>
    Empty,

    /// <summary>The name is longer than <see cref="EventName.MaxLength"/> characters.</summary>
    TooLong,

    /// <summary>The name has fewer than three or more than four parts.</summary>
    PartCount,

    /// <summary>Two dots stand side by side, or the name begins or ends with one.</summary>
    EmptyPart,

    /// <summary>A letter is not lower case.</summary>
    UpperCase,

    /// <summary>A part begins with something other than a letter.</summary>
    PartStart,

    /// <summary>A part has a character other than <c>a-z</c>, <c>0-9</c>, <c>_</c> and <c>-</c>.</summary>
    Character,
}
