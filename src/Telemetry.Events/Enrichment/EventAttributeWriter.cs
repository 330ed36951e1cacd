using Telemetry.Events.Envelope;

namespace Telemetry.Events;

/// <summary>Writes CloudEvents extension attributes into an event's envelope.</summary>
public ref struct EventAttributeWriter
{
    private readonly HashSet<string> _written;
    private EventDataWriter _writer;

    internal EventAttributeWriter(EventDataWriter writer, HashSet<string> written)
    {
        _writer = writer;
        _written = written;
    }

    internal readonly EventDataWriter Writer => _writer;

    /// <summary>Writes one attribute, or nothing for null.</summary>
    /// <param name="name">1 to 20 of <c>a-z</c> and <c>0-9</c> (CloudEvents 1.0, "Naming conventions"), and none that the SDK writes.</param>
    /// <param name="value">The value; what an attribute may not hold becomes U+FFFD.</param>
    /// <exception cref="ArgumentException">The name is not one, is the SDK's own, or was written for this event already.</exception>
    public void Write(string name, string? value)
    {
        if (AttributeNames.Check(name) is { } problem)
            throw new ArgumentException(problem, nameof(name));
        if (value is null)
            return;
        if (!_written.Add(name))
            throw new ArgumentException($"The attribute '{name}' was written for this event already.", nameof(name));
        _writer.WriteExtension(name, value);
    }
}
