namespace Telemetry.Events.Envelope;

/// <summary>All that one thread needs to write an event, kept between events.</summary>
internal sealed class EnvelopeScratch
{
    [ThreadStatic]
    private static EnvelopeScratch? t_current;

    public EventBuffer Buffer { get; } = new();

    public EventIdGenerator Ids { get; } = new();

    public TimestampFormatter Times { get; } = new();

    /// <summary>
    /// This thread's, until <see cref="Return"/>. A payload may itself publish an event while it is written; it then finds none
    /// and gets a new one.
    /// </summary>
    public static EnvelopeScratch Rent()
    {
        var scratch = t_current ?? new EnvelopeScratch();
        t_current = null;
        return scratch;
    }

    public void Return()
    {
        Buffer.Trim();
        t_current = this;
    }
}
