using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>
/// What a <see cref="FaultingTransport"/> does with the events that it is handed, step by step. An event that is sent again
/// takes the next step, as any other does. When all steps are taken, everything is delivered.
/// </summary>
/// <remarks>Build it on one thread, then give it to as many transports as you like: each begins at the first step.</remarks>
/// <example>
/// <code>
/// var script = new FaultScript().Deliver(3).Retry("not_leader", 2).Unknown().Final("too_large").ThenDeliver();
/// </code>
/// </example>
public sealed class FaultScript
{
    private const int MaxTimes = 1_000_000;
    private const string UnknownReason = "timed_out";

    private readonly List<(FaultStep Step, int Times)> _steps = [];
    private Func<Func<FaultStep>> _then = static () => static () => new FaultStep.Deliver();

    /// <summary>The next events go to the transport behind, whose outcome counts.</summary>
    /// <param name="times">How many events: 1 to 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is out of its range.</exception>
    public FaultScript Deliver(int times = 1) => Add(new FaultStep.Deliver(), times);

    /// <summary>The next events are not stored, and another attempt may succeed.</summary>
    /// <param name="reason">The outcome's reason, in snake_case.</param>
    /// <param name="times">How many events: 1 to 1,000,000.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is out of its range.</exception>
    public FaultScript Retry(string reason, int times = 1) =>
        Add(new FaultStep.Answer(DeliveryOutcome.Retriable(Checked(reason))), times);

    /// <summary>The next events are not stored, and no other attempt can succeed.</summary>
    /// <inheritdoc cref="Retry"/>
    public FaultScript Final(string reason, int times = 1) =>
        Add(new FaultStep.Answer(DeliveryOutcome.Final(Checked(reason))), times);

    /// <summary>The next events get lost on the way, and nobody can say so: the request was lost.</summary>
    /// <inheritdoc cref="Retry"/>
    public FaultScript Unknown(string reason = UnknownReason, int times = 1) =>
        Add(new FaultStep.Answer(DeliveryOutcome.Unknown(Checked(reason))), times);

    /// <summary>
    /// The next events are stored, and nobody can say so: the acknowledgement was lost. The publisher sends them again, so that
    /// a consumer meets them twice.
    /// </summary>
    /// <inheritdoc cref="Retry"/>
    public FaultScript UnknownButStored(string reason = UnknownReason, int times = 1) =>
        Add(new FaultStep.Answer(DeliveryOutcome.Unknown(Checked(reason)), IsStored: true), times);

    /// <summary>The batch waits at this place, by the transport's clock.</summary>
    /// <param name="duration">How long; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="duration"/> is negative.</exception>
    public FaultScript Delay(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        return Add(new FaultStep.Delay(duration), 1);
    }

    /// <summary>The batch gets no answer from this place on, until it is cancelled: its remaining events are unknown.</summary>
    public FaultScript Hang() => Add(new FaultStep.Hang(), 1);

    /// <summary>The call throws at this place. No transport may do that; a publisher should survive one that does.</summary>
    /// <param name="create">Makes the exception.</param>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    public FaultScript Throw(Func<Exception> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return Add(new FaultStep.Throw(create), 1);
    }

    /// <summary>After the last step everything is delivered. So it is without this call; it says so to the reader.</summary>
    public FaultScript ThenDeliver() => Then(static () => new FaultStep.Deliver());

    /// <summary>After the last step nothing is stored, and another attempt may always succeed: an outage without an end.</summary>
    /// <param name="reason">The outcome's reason, in snake_case.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is empty.</exception>
    public FaultScript ThenRetry(string reason)
    {
        var step = new FaultStep.Answer(DeliveryOutcome.Retriable(Checked(reason)));
        return Then(() => step);
    }

    /// <summary>
    /// After the last step each event is hit by chance: half of the hit ones are retriable, a quarter lost, a quarter stored with
    /// their acknowledgement lost. One seed gives one sequence.
    /// </summary>
    /// <param name="seed">Of the random numbers.</param>
    /// <param name="rate">The part of attempts that is hit: 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is out of its range.</exception>
    public FaultScript ThenAtRandom(int seed, double rate)
    {
        if (!(rate is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "The rate of faults is a part: 0 to 1.");
        _then = () =>
        {
            // Of each transport its own, so that one seed means one sequence however often the script is used.
            var random = new Random(seed);
            return () => RandomFaults.Next(random, rate);
        };
        return this;
    }

    /// <summary>The steps from the first on. Not safe for use from several threads at once.</summary>
    internal IEnumerator<FaultStep> Start()
    {
        foreach (var (step, times) in _steps.ToArray())
        {
            for (var i = 0; i < times; i++)
                yield return step;
        }

        var then = _then();
        while (true)
            yield return then();
    }

    private FaultScript Add(FaultStep step, int times)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(times, MaxTimes);
        _steps.Add((step, times));
        return this;
    }

    private FaultScript Then(Func<FaultStep> then)
    {
        _then = () => then;
        return this;
    }

    private static string Checked(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return reason;
    }
}
