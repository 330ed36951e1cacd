using Telemetry.Events.Publishing;

namespace Telemetry.Events;

/// <summary>
/// How this service publishes events. Bound from the configuration section <c>TelemetryEvents</c>; code wins over
/// configuration, configuration over the environment. Checked at start-up.
/// </summary>
public sealed class TelemetryEventsOptions
{
    /// <summary>The configuration section: <c>TelemetryEvents</c>.</summary>
    public const string SectionName = "TelemetryEvents";

    /// <summary>
    /// The service's name; the envelope's <c>source</c> is <c>/{ServiceName}</c>. 1 to 128 of <c>a-z 0-9 . _ -</c>. Default:
    /// the entry assembly's name in lower case.
    /// </summary>
    public string? ServiceName { get; set; }

    /// <summary>The machine's context.</summary>
    public EventContextOptions Context { get; set; } = new();

    /// <summary>
    /// Attributes of the service's own that every event carries, such as <c>region</c>. Names: 1 to 20 of <c>a-z 0-9</c>, none of
    /// the SDK's. Default: none. For such that differ from event to event see <see cref="IEventEnricher"/>.
    /// </summary>
    public IDictionary<string, string> Attributes { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Which transport carries what, where there are several; the first that matches wins. What none matches goes to the transport
    /// registered first.
    /// </summary>
    public IList<EventRoute> Routes { get; } = [];

    /// <summary>When events go by a second transport.</summary>
    public FailoverOptions Failover { get; set; } = new();

    /// <summary>
    /// How long events may be in flight while none is delivered before the health check says unhealthy. 1 s to 1 hour; default 30 s.
    /// </summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The most events that one delivery class holds in memory, those being sent included. 1 to 10,000,000; default 100,000.</summary>
    public int MaxBufferedEvents { get; set; } = 100_000;

    /// <summary>
    /// The most bytes of encoded events that one delivery class holds in memory, those being sent included. At least
    /// <see cref="MaxEventBytes"/>; default 64 MiB. Counted as they will be on the wire, key included; in memory they wait in a
    /// shorter form. A sender takes up to 16 MiB besides for those that it is sending.
    /// </summary>
    public long MaxBufferedBytes { get; set; } = 64 << 20;

    /// <summary>The bounds of class Telemetry, where they are to differ. Class Audit is bounded by the spool's own options.</summary>
    public DeliveryClassOptions Telemetry { get; set; } = new();

    /// <summary>The bounds of class Usage, where they are to differ.</summary>
    public DeliveryClassOptions Usage { get; set; } = new();

    /// <summary>Whether class Audit is used, and how long its calls may wait.</summary>
    public AuditOptions Audit { get; set; } = new();

    /// <summary>The publisher's own account, sent as events.</summary>
    public ProducerReportOptions Report { get; set; } = new();

    /// <summary>
    /// With a spool registered: how often it is searched for what other processes, that are gone now, have left unsent. 1 s to 1 day;
    /// default 1 minute.
    /// </summary>
    public TimeSpan TakeOverInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// With a spool registered: how long a batch of class Usage may fail before the class goes to disk; looked at between two attempts.
    /// Whatever the time, it goes there when half of its memory is taken. Zero to 1 hour; default 5 s.
    /// </summary>
    public TimeSpan SpillAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The largest encoded event in bytes. 1,024 to 100,000,000; default 1,000,000, which Kafka and Event Hubs take as they
    /// come.
    /// </summary>
    public int MaxEventBytes { get; set; } = 1_000_000;

    /// <summary>
    /// The most events of one call of the transport; fewer where they take 8 MiB before, or where the transport asks for fewer to have several
    /// calls at a time (<see cref="Transport.IEventTransport.Parallelism"/>). 1 to 100,000; default 5,000.
    /// </summary>
    public int MaxBatchEvents { get; set; } = 5_000;

    /// <summary>
    /// How long an event may wait in memory for others to be sent with it. One that a caller awaits the confirmation of does not
    /// wait. Zero to 10 s; default 5 ms.
    /// </summary>
    public TimeSpan BatchDelay { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// The pause before the second attempt; it doubles, with jitter, up to <see cref="RetryMaxDelay"/>. 1 ms to 10 minutes;
    /// default 200 ms.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between two attempts. <see cref="RetryDelay"/> to 1 hour; default 10 s.</summary>
    public TimeSpan RetryMaxDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long shutdown may take to deliver what is held. What remains then is left on disk where a spool is registered (class
    /// Telemetry excepted), else dropped with the reason <c>shutdown</c>. Ends sooner where the host's own <c>ShutdownTimeout</c> is over:
    /// keep it below that. Zero to 10 minutes; default 10 s.
    /// </summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(10);

    internal LaneCapacity CapacityOf(DeliveryClass delivery)
    {
        var own = delivery == DeliveryClass.Usage ? Usage : Telemetry;
        return new LaneCapacity(own.MaxBufferedEvents ?? MaxBufferedEvents, own.MaxBufferedBytes ?? MaxBufferedBytes);
    }
}
