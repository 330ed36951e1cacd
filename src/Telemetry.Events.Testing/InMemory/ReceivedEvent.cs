using System.Text;

namespace Telemetry.Events.Testing;

/// <summary>An event as a transport was handed it.</summary>
/// <param name="Id">The CloudEvents id.</param>
/// <param name="Topic">Where it was sent.</param>
/// <param name="Key">The record's key as text; null for none.</param>
/// <param name="Body">The envelope's bytes.</param>
public sealed record ReceivedEvent(Guid Id, string Topic, string? Key, ReadOnlyMemory<byte> Body)
{
    /// <summary>The envelope, read at each call by the same reader that consumers use.</summary>
    /// <exception cref="InvalidOperationException">No consumer can read the body; the message says why.</exception>
    public EventEnvelope Envelope => EventEnvelopeReader.TryRead(Body, out var envelope, out var error)
        ? envelope
        : throw new InvalidOperationException($"No consumer can read this event: {error}");

    /// <summary>The topic and the envelope as text, for a failed assertion's message.</summary>
    public override string ToString() => $"{Topic}: {Encoding.UTF8.GetString(Body.Span)}";
}
