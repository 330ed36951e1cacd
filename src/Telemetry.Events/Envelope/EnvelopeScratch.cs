namespace Telemetry.Events.Envelope;

/// <summary>All that one thread needs to write an event, kept between events.</summary>
internal sealed class EnvelopeScratch
{
    [ThreadStatic]
    private static EnvelopeScratch? t_current;

    private bool _isRented;

    public EventBuffer Buffer { get; } = new();

    public EventIdGenerator Ids { get; } = new();

    

    public TraceParentFormatter Traces { get; } = new();

    /// <summary>
    /// This thread's, until <see cref="Return"/>. A payload may itself publish an event while it is written; it then gets a new one.
    /// </summary>
    public static EnvelopeScratch Rent()
    {
        var scratch = t_current ??= new EnvelopeScratch();
        if (scratch._isRented)
            scratch = new EnvelopeScratch();
        scratch._isRented = true;
        return scratch;
    }

    public void Return()
    {
        Buffer.Trim();
        _isRented = false;
    }
}
